package org.zegel.store.cryptoki.helper;

/** Limits of the pipe between daemon and helper, and the words on it. */
final class Frames {
    /** A message to be signed by Ed25519 is at most 1 MiB; the rest is small. */
    static final int MAX_REQUEST = (1 << 20) + (64 << 10);

    /** One part of an answer; a part is begun anew at {@link #PART}, and the largest item is added to that. */
    static final int MAX_ANSWER = 2 << 20;

    /** All parts of an answer together. */
    static final int MAX_WHOLE_ANSWER = 32 << 20;

    static final int PART = 64 << 10;

    /** Calls at once; the helper has one thread more, which reads. */
    static final int MAX_CALLS = 16;

    static final int LENGTH = Integer.BYTES;

    /** The number of frames that answer nothing. */
    static final int NO_CALL = 0;

    private Frames() {}

    /** What is asked of the helper. */
    enum Request {
        LOAD,
        SLOTS,
        OBJECTS,
        LOGIN,
        LOGOUT,
        SIGN,
        DECRYPT,
        DERIVE,
        WATCH,
        FINISH
    }

    /** What the helper says. */
    enum Answer {
        DONE,
        /** A part; more follows. */
        PART,
        FAILED,
        /** Something happened in a slot. */
        SLOT_CHANGED
    }
}
