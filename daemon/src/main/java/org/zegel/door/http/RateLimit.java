package org.zegel.door.http;

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
        long now = System.nanoTime();
        tokens = Math.min(burst, tokens + (double) (now - last) / intervalNanos);
        last = now;
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }
}
