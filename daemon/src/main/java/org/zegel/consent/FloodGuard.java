package org.zegel.consent;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Slows who asks again and again what the person does not allow, then has it refused for a while without a question.
 * Every no and every withdrawal by the asker in a row counts; a yes makes good again, and so does time. A question that
 * nobody answered in time only slows: the person was away, which is no fault of who asked. Not safe for use by several
 * threads.
 */
final class FloodGuard {
    /** The eldest make room. */
    private static final int MAX_REMEMBERED = 256;

    private static final int MAX_DOUBLINGS = 20;

    private final Rules rules;
    private final LongSupplier nanos;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    /** {@code nanos}: the time, as {@link System#nanoTime} counts it. */
    FloodGuard(Rules rules, LongSupplier nanos) {
        this.rules = rules;
        this.nanos = nanos;
    }

    /**
     * The steps.
     *
     * @param slowAfter questions in a row without a yes, unanswered ones included, after which the next one waits
     * @param firstPause how long it waits; twice as long for each that follows
     * @param cutAfter refused or withdrawn questions without a yes between, after which none is asked for a while
     * @param firstCut for how long; twice as long for each that follows
     * @param longestCut but no longer than this
     * @param forgotten after so long without another one nothing is held against anybody
     */
    record Rules(
            int slowAfter,
            Duration firstPause,
            int cutAfter,
            Duration firstCut,
            Duration longestCut,
            Duration forgotten) {
        static final Rules USUAL = new Rules(
                3, Duration.ofSeconds(2), 8, Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofHours(1));
    }

    /** What became of a question that was asked. */
    enum End {
        ALLOWED,
        /** A no, or taken back by who asked: questions like these are a flood. */
        REFUSED,
        /** Its time ran out. */
        UNANSWERED
    }

    /**
     * Questions without a yes.
     *
     * @param refused those that count towards being cut off, the last of them at {@code lastRefused}
     * @param all those and the unanswered ones, the last of them at {@code last}
     */
    private record Row(int refused, long lastRefused, int all, long last) {
        Row with(End end, long now) {
            return end == End.REFUSED
                    ? new Row(refused + 1, now, all + 1, now)
                    : new Row(refused, lastRefused, all + 1, now);
        }
    }

    /** Takes down the end of a question. */
    void note(String key, End end) {
        long now = nanos.getAsLong();
        Row before = known(key);
        rows.remove(key);
        if (end != End.ALLOWED) {
            rows.put(key, (before == null ? new Row(0, now, 0, now) : before).with(end, now));
        }
        Iterator<String> eldest = rows.keySet().iterator();
        while (rows.size() > MAX_REMEMBERED && eldest.hasNext()) {
            eldest.next();
            eldest.remove();
        }
    }

    /** How long the next question has to wait; zero: not at all. */
    Duration pause(String key) {
        Row row = known(key);
        if (row == null || row.all() < rules.slowAfter()) {
            return Duration.ZERO;
        }
        int step = Math.min(row.all(), rules.cutAfter() - 1) - rules.slowAfter();
        return left(row.last(), doubled(rules.firstPause(), step));
    }

    /** For how long no question is asked; zero: questions are asked. */
    Duration cut(String key) {
        Row row = known(key);
        if (row == null || row.refused() < rules.cutAfter()) {
            return Duration.ZERO;
        }
        Duration whole = doubled(rules.firstCut(), row.refused() - rules.cutAfter());
        return left(row.lastRefused(), whole.compareTo(rules.longestCut()) < 0 ? whole : rules.longestCut());
    }

    private @Nullable Row known(String key) {
        Row row = rows.get(key);
        if (row != null && nanos.getAsLong() - row.last() >= rules.forgotten().toNanos()) {
            rows.remove(key);
            return null;
        }
        // Unanswered questions since then do not keep old refusals alive.
        return row != null
                        && nanos.getAsLong() - row.lastRefused()
                                >= rules.forgotten().toNanos()
                ? new Row(0, row.last(), row.all() - row.refused(), row.last())
                : row;
    }

    private Duration left(long since, Duration whole) {
        long left = whole.toNanos() - (nanos.getAsLong() - since);
        return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }

    private static Duration doubled(Duration first, int times) {
        return first.multipliedBy(1L << Math.clamp(times, 0, MAX_DOUBLINGS));
    }
}
