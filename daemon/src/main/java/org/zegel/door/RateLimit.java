package org.zegel.door;

/** Lets so many requests through at once, and then one each interval. */
final class RateLimit {
    private final int burst;
    private final long intervalNanos;
    private double tokens;
    private long last = System.nanoTime();

    RateLimit(int burst, long intervalMillis) {
        this.burst = burst;
        this.intervalNanos = intervalMillis * 1_000_000L;
        this.tokens = burst;
    }

    synchronized boolean tryPass() {
        if (!wouldPass()) {
            return false;
        }
        tokens -= 1;
        return true;
    }

    /** Whether {@link #tryPass} would let one through now. */
    synchronized boolean wouldPass() {
        refill();
        return tokens >= 1;
    }

    /** Whether nothing was let through of late. */
    synchronized boolean isFull() {
        refill();
        return tokens >= burst;
    }

    private void refill() {
        long now = System.nanoTime();
        tokens = Math.min(burst, tokens + (double) (now - last) / intervalNanos);
        last = now;
    }
}
