package org.zegel.app.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A comparison, pair by pair.
 *
 * @param pairs of runs in turn
 */
record Pairs(Row row, List<Pair> pairs) {
    private static final double MILLION = 1e6;

    /**
     * One run of each, wall clock, in nanoseconds.
     *
     * @param zegel the whole: the message read from a file, the outcome written to one
     * @param call without handing over and fetching
     * @param peer the whole command
     */
    record Pair(long zegel, long call, long peer) {}

    Pairs {
        pairs = List.copyOf(pairs);
    }

    static String heads() {
        return Row.heads()
                + String.format(
                        Locale.ROOT,
                        " %10s %10s %10s   %-24s %s",
                        "Zegel ms",
                        "call ms",
                        "peer ms",
                        "call : peer (spread)",
                        "whole : peer (spread)");
    }

    String words() {
        double[] call = sorted(pair -> (double) pair.call() / pair.peer());
        double[] whole = sorted(pair -> (double) pair.zegel() / pair.peer());
        return row.words()
                + String.format(
                        Locale.ROOT,
                        " %10.1f %10.1f %10.1f   %-24s %s",
                        median(sorted(pair -> pair.zegel() / MILLION)),
                        median(sorted(pair -> pair.call() / MILLION)),
                        median(sorted(pair -> pair.peer() / MILLION)),
                        ratio(call),
                        ratio(whole));
    }

    Map<String, Object> json() {
        Map<String, Object> json = row.json();
        json.put("pairs", pairs.size());
        json.put("zegelMs", median(sorted(pair -> pair.zegel() / MILLION)));
        json.put("zegelCallMs", median(sorted(pair -> pair.call() / MILLION)));
        json.put("peerMs", median(sorted(pair -> pair.peer() / MILLION)));
        json.put("callRatio", median(sorted(pair -> (double) pair.call() / pair.peer())));
        json.put("wholeRatio", median(sorted(pair -> (double) pair.zegel() / pair.peer())));
        json.put(
                "callRatios",
                pairs.stream().map(pair -> (double) pair.call() / pair.peer()).toList());
        json.put(
                "wholeRatios",
                pairs.stream().map(pair -> (double) pair.zegel() / pair.peer()).toList());
        return json;
    }

    private static String ratio(double[] sorted) {
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median(sorted), sorted[0], sorted[sorted.length - 1]);
    }

    private double[] sorted(ToDoubleFunction<Pair> of) {
        return pairs.stream().mapToDouble(of).sorted().toArray();
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
