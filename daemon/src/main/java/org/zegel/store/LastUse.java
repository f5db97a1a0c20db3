package org.zegel.store;

/**
 * Something that is let go of once it is closed and nobody uses it any more, in whatever order that comes. Safe for use by
 * several threads.
 */
public final class LastUse {
    private final Runnable release;
    private int underWay;
    private boolean closed;

    /** {@code release} runs once. */
    public LastUse(Runnable release) {
        this.release = release;
    }

    /** Whether it may be used now; then {@link #end} has to follow. */
    public synchronized boolean begin() {
        if (!closed) {
            underWay++;
        }
        return !closed;
    }

    /** A use is over. */
    public synchronized void end() {
        underWay--;
        if (closed && underWay == 0) {
            release.run();
        }
    }

    /** No use begins any more. */
    public synchronized void close() {
        if (!closed) {
            closed = true;
            if (underWay == 0) {
                release.run();
            }
        }
    }
}
