package org.zegel.app.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * How long something took.
 *
 * @param times of each run, wall clock
 * @param wallNanos of all runs together
 * @param processorNanos of all runs together, of the process that works
 * @param heapPeak in bytes, or {@link Usage#UNKNOWN}
 * @param residentPeak in bytes, or {@link Usage#UNKNOWN}
 */
record Figure(
        Row row, List<Measurement.Times> times, long wallNanos, long processorNanos, long heapPeak, long residentPeak) {
    private static final double MILLION = 1e6;
    private static final double BILLION = 1e9;

    Figure {
        times = List.copyOf(times);
    }

    static String heads() {
        return Row.heads()
                + String.format(
                        Locale.ROOT,
                        " %6s %10s %10s %10s %8s %9s %9s %6s %6s",
                        "runs",
                        "median ms",
                        "call ms",
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
                        " %6d %10.2f %10.2f %10.2f %8.1f %9.1f %9.2f %6s %6s",
                        times.size(),
                        at(0.5, Measurement.Times::whole),
                        at(0.5, Measurement.Times::call),
                        at(0.99, Measurement.Times::whole),
                        megabytesPerSecond(),
                        perSecond(),
                        processorNanos / MILLION / times.size(),
                        megabytes(heapPeak),
                        megabytes(residentPeak));
    }

    Map<String, Object> json() {
        Map<String, Object> json = row.json();
        json.put("runs", times.size());
        json.put("medianMs", at(0.5, Measurement.Times::whole));
        json.put("callMedianMs", at(0.5, Measurement.Times::call));
        json.put("p99Ms", at(0.99, Measurement.Times::whole));
        json.put("megabytesPerSecond", megabytesPerSecond());
        json.put("perSecond", perSecond());
        json.put("processorMs", processorNanos / MILLION / times.size());
        if (heapPeak != Usage.UNKNOWN) {
            json.put("heapPeakBytes", heapPeak);
        }
        if (residentPeak != Usage.UNKNOWN) {
            json.put("residentPeakBytes", residentPeak);
        }
        return json;
    }

    /** The time that this part of all runs did not pass, in milliseconds. */
    double at(double part, ToLongFunction<Measurement.Times> which) {
        long[] sorted = times.stream().mapToLong(which).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(part * sorted.length))] / MILLION;
    }

    private double megabytesPerSecond() {
        return row.size() * perSecond() / MILLION;
    }

    private double perSecond() {
        return times.size() * BILLION / wallNanos;
    }

    private static String megabytes(long bytes) {
        return bytes == Usage.UNKNOWN ? "-" : Long.toString(Math.round(bytes / MILLION));
    }
}
