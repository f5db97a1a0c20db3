package org.zegel.store.cryptoki.helper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.zegel.store.cryptoki.ModuleFailure;

/** A call on its way: the thread that waits for it, and the answer when it is there. */
final class PendingCall {
    /** What a call is, for the time it may take. */
    enum Kind {
        LOAD,
        LOOK,
        KEY,
        PIN_PAD
    }

    private final Thread waiter = Thread.currentThread();
    private final Kind kind;
    private final long begun;
    private @Nullable ByteArrayOutputStream parts;
    private volatile @Nullable MessageReader answer;
    private volatile @Nullable ModuleFailure failure;

    PendingCall(Kind kind, long now) {
        this.kind = kind;
        this.begun = now;
    }

    Kind kind() {
        return kind;
    }

    long begun() {
        return begun;
    }

    boolean isDone() {
        return answer != null || failure != null;
    }

    /** By the thread that reads answers, alone. */
    void part(MessageReader part) throws IOException {
        ByteArrayOutputStream all = parts;
        if (all == null) {
            all = new ByteArrayOutputStream();
            parts = all;
        }
        all.writeBytes(part.rest());
        if (all.size() > Frames.MAX_WHOLE_ANSWER) {
            throw new IOException("an answer that is too long");
        }
    }

    /** The last part. */
    void done(MessageReader last) throws IOException {
        if (parts == null) {
            answer = last;
        } else {
            part(last);
            answer = new MessageReader(parts.toByteArray());
        }
        LockSupport.unpark(waiter);
    }

    void failed(ModuleFailure reason) {
        failure = reason;
        LockSupport.unpark(waiter);
    }

    MessageReader answer() throws ModuleFailure {
        MessageReader given = answer;
        if (given != null) {
            return given;
        }
        ModuleFailure reason = failure;
        if (reason == null) {
            throw new IllegalStateException("not answered yet");
        }
        // A trace of the thread that waited, not of the one that read.
        throw new ModuleFailure(reason.kind(), reason.value(), String.valueOf(reason.getMessage()));
    }
}
