package org.zegel.app.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * How long something took.
 *
 * @param nanos of each run, wall clock, sorted
 * @param wallNanos of all runs together
 * @param processorNanos of all runs together, of the process that works
 * @param heapPeak in bytes, or {@link Usage#UNKNOWN}
 * @param residentPeak in bytes, or {@link Usage#UNKNOWN}
 */
record Figure(Row row, long[] nanos, long wallNanos, long processorNanos, long heapPeak, long residentPeak) {
    private static final double MILLION = 1e6;
    private static final double BILLION = 1e9;

    Figure {
        nanos = nanos.clone();
        Arrays.sort(nanos);
    }

    static String heads() {
        return Row.heads()
                + String.format(
                        Locale.ROOT,
                        " %6s %10s %10s %8s %9s %9s %6s %6s",
                        "runs",
                        "median ms",
                        "p99 ms",
                        "MB/s",
                        "per sec",
                        "cpu ms",
                        "heap",
                        "res.");
    }

    String words() {
        return row.words()
                + String.format(
                        Locale.ROOT,
                        " %6d %10.2f %10.2f %8.1f %9.1f %9.2f %6s %6s",
                        nanos.length,
                        at(0.5) / MILLION,
                        at(0.99) / MILLION,
                        megabytesPerSecond(),
                        perSecond(),
                        processorNanos / MILLION / nanos.length,
                        megabytes(heapPeak),
                        megabytes(residentPeak));
    }

    Map<String, Object> json() {
        Map<String, Object> json = row.json();
        json.put("runs", nanos.length);
        json.put("medianMs", at(0.5) / MILLION);
        json.put("p99Ms", at(0.99) / MILLION);
        json.put("megabytesPerSecond", megabytesPerSecond());
        json.put("perSecond", perSecond());
        json.put("processorMs", processorNanos / MILLION / nanos.length);
        if (heapPeak != Usage.UNKNOWN) {
            json.put("heapPeakBytes", heapPeak);
        }
        if (residentPeak != Usage.UNKNOWN) {
            json.put("residentPeakBytes", residentPeak);
        }
        return json;
    }

    /** The time that this part of all runs did not pass. */
    long at(double part) {
        return nanos[(int) Math.min(nanos.length - 1, Math.floor(part * nanos.length))];
    }

    private double megabytesPerSecond() {
        return row.size() * perSecond() / MILLION;
    }

    private double perSecond() {
        return nanos.length * BILLION / wallNanos;
    }

    private static String megabytes(long bytes) {
        return bytes == Usage.UNKNOWN ? "-" : Long.toString(Math.round(bytes / MILLION));
    }
}
