package org.zegel.app.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether the machine slept, told afterwards: Linux counts the time since it was started with sleep, and Java's own counter
 * stands still meanwhile. For where nothing announces the sleep itself. Elsewhere it never slept.
 */
public final class Sleeps {
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final long LEAST_MILLIS = 2_000;

    private final LongSupplier sinceStart;
    private final LongSupplier awake;
    private long lead;

    /** Of this machine. */
    public Sleeps() {
        this(Sleeps::uptime, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    /** @param sinceStart milliseconds with sleep, or negative where that is not known; {@code awake} without */
    Sleeps(LongSupplier sinceStart, LongSupplier awake) {
        this.sinceStart = sinceStart;
        this.awake = awake;
        this.lead = sinceStart.getAsLong() - awake.getAsLong();
    }

    /** Whether it slept for two seconds or more since this was asked last, or made. */
    public synchronized boolean since() {
        long counted = sinceStart.getAsLong();
        if (counted < 0) {
            return false;
        }
        long before = lead;
        lead = counted - awake.getAsLong();
        return lead - before >= LEAST_MILLIS;
    }

    private static long uptime() {
        try {
            String first = Files.readString(UPTIME, StandardCharsets.US_ASCII).split(" ", 2)[0];
            return Math.round(Double.parseDouble(first) * 1000);
        } catch (IOException | NumberFormatException notHere) {
            return -1;
        }
    }
}
