package org.zegel.audit;

import java.util.HashSet;
import java.util.Set;
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

    /** What has to be taken out by a rotation, with the number of the first entry that is not here. */
    private final TreeMap<Long, Missing> gaps = new TreeMap<>();

    private final Set<Missing> rotated = new HashSet<>();
    private long entries;
    private long newest;
    private String previous = AuditEntry.FIRST;
    private @Nullable Long firstBroken;

    /** Entries seen. */
    long entries() {
        return entries;
    }

    /** The newest number seen. */
    long newest() {
        return newest;
    }

    void accept(AuditEntry entry) {
        entries++;
        if (firstBroken != null) {
            return;
        }
        if (entry.number() > newest + 1 && gaps.size() < MAX_GAPS) {
            gaps.put(newest + 1, new Missing(entry.number() - 1, entry.previous()));
            newest = entry.number() - 1;
            previous = entry.previous();
        }
        if (!entry.follows(newest + 1, previous)) {
            firstBroken = newest + 1;
            return;
        }
        newest = entry.number();
        previous = entry.hash();
        if (rotated.size() < MAX_GAPS) {
            Rotation.of(entry).ifPresent(said -> rotated.add(new Missing(said.last(), said.hash())));
        }
    }

    /** The outcome, when the newest entry should have this number and hash. */
    AuditLog.Check end(long number, String hash) {
        Long broken = firstBroken;
        for (var gap : gaps.entrySet()) {
            if (!rotated.contains(gap.getValue())) {
                broken = broken == null ? gap.getKey() : Math.min(broken, gap.getKey());
            }
        }
        if (broken == null && !(newest == number && previous.equals(hash))) {
            broken = Math.min(number, newest) + 1;
        }
        return new AuditLog.Check(broken == null, entries, broken, newest, previous);
    }
}
