package org.zegel.audit;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Walks the entries in order and finds the first that is not as it was written. Entries may be missing where a rotation
 * further on says that it took them out, and which hash the next one follows.
 */
final class ChainWalk {
    /** More gaps than that are not the work of rotation. */
    static final int MAX_GAPS = 1000;

    /** The end of a stretch of entries that are not here. */
    private record Missing(long last, String hash) {}

    /** What a rotation has to account for yet, by the number of the first entry that is not here. */
    private final TreeMap<Long, Missing> gaps = new TreeMap<>();

    private long entries;
    private long absent;
    private long newest;
    private String previous = AuditEntry.FIRST;
    private @Nullable Long firstBroken;

    void accept(AuditEntry entry) {
        entries++;
        if (firstBroken != null) {
            return;
        }
        if (entry.number() > newest + 1 && gaps.size() < MAX_GAPS) {
            gaps.put(newest + 1, new Missing(entry.number() - 1, entry.previous()));
            absent += entry.number() - 1 - newest;
            newest = entry.number() - 1;
            previous = entry.previous();
        }
        if (!entry.follows(newest + 1, previous)) {
            firstBroken = newest + 1;
            return;
        }
        newest = entry.number();
        previous = entry.hash();
        if (!gaps.isEmpty()) {
            Rotation.of(entry).ifPresent(said -> gaps.values().remove(new Missing(said.last(), said.hash())));
        }
    }

    /** The next entries, from that number on, could not be read. */
    void damaged(long number) {
        if (firstBroken == null) {
            firstBroken = Math.max(number, newest + 1);
        }
    }

    /** The outcome, when the newest entry should have this number and hash. */
    AuditLog.Check end(long number, String hash) {
        Long broken = firstBroken;
        if (!gaps.isEmpty()) {
            broken = broken == null ? gaps.firstKey() : Long.valueOf(Math.min(broken, gaps.firstKey()));
        }
        if (broken == null && !(newest == number && previous.equals(hash))) {
            broken = Math.min(number, newest) + 1;
        }
        return new AuditLog.Check(broken == null, entries, absent, broken, newest, previous);
    }
}
