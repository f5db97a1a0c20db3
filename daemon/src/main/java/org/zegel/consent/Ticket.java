package org.zegel.consent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Caller;
import org.zegel.model.Failure;

/** A place in the line of questions: waits, is called, and may be withdrawn at any time. */
final class Ticket {
    private final Asker asker;
    private final Caller caller;
    private final CompletableFuture<Boolean> turn = new CompletableFuture<>();
    private @Nullable Future<?> running;
    private boolean withdrawn;

    Ticket(Asker asker, Caller caller) {
        this.asker = asker;
        this.caller = caller;
    }

    Asker asker() {
        return asker;
    }

    Caller caller() {
        return caller;
    }

    /** It is this one's turn. */
    void call() {
        turn.complete(true);
    }

    /** It will not get a turn. */
    void refuse(Failure why) {
        turn.completeExceptionally(why);
    }

    /**
     * Whether the turn came within this time.
     *
     * @throws java.util.concurrent.CancellationException when withdrawn
     * @throws ExecutionException when refused
     */
    boolean await(long nanos) throws InterruptedException, ExecutionException {
        try {
            return turn.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    /** The question that {@link #withdraw} is to end; false when it was withdrawn before. */
    synchronized boolean start(Future<?> question) {
        running = question;
        return !withdrawn;
    }

    void withdraw() {
        turn.cancel(false);
        Future<?> question;
        synchronized (this) {
            withdrawn = true;
            question = running;
        }
        if (question != null) {
            question.cancel(true);
        }
    }
}
