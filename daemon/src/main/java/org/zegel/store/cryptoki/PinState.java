package org.zegel.store.cryptoki;

/** What a token says of its PIN; a token that does not count its tries says {@link #OK}. */
public enum PinState {
    OK,
    /** A wrong PIN was given since the last right one. */
    COUNT_LOW,
    /** One more wrong PIN locks it. */
    FINAL_TRY,
    LOCKED,
    /** The token has no PIN yet. */
    NOT_SET
}
