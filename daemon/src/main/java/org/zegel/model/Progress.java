package org.zegel.model;

import java.util.concurrent.CancellationException;

/** Told how far a long call is; the way a cancelled call stops. */
@FunctionalInterface
public interface Progress {
    /** Nobody listens and nobody cancels. */
    Progress NONE = (done, total) -> {};

    /** Bytes between two reports of a streaming loop. */
    int STEP = 1 << 20;

    /**
     * Reports bytes done of a total (-1 where it is not known).
     *
     * @throws CancellationException when the caller has cancelled; the operation lets it pass
     */
    void report(long done, long total);

    /**
     * Has this run as soon as the caller cancels, at once when it has already: for what waits and does not report. It
     * is quick and does not throw.
     */
    default void onCancel(Runnable action) {}
}
