package org.zegel.trust.network;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** A moment after which nothing is waited for, on a clock that never goes back. */
record Deadline(long nanos) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    Deadline atMost(Duration time) {
        Deadline other = in(time);
        return other.nanos - nanos < 0 ? other : this;
    }

    boolean passed() {
        return nanos - System.nanoTime() <= 0;
    }

    /** At least 1, as a socket's 0 is for ever. */
    int millisLeft() throws SocketTimeoutException {
        long left = (nanos - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("too slow");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
