package org.zegel.consent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.zegel.model.Caller;
import org.zegel.model.Failure;
import org.zegel.model.Scope;

/** Pairings between their two steps: few, and for minutes only. */
final class PendingPairings {
    /** Of all callers. */
    static final int MAX = 32;

    /** Of one caller; the oldest makes room. */
    static final int MAX_PER_CALLER = 3;

    static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    PendingPairings(Clock clock) {
        this.clock = clock;
    }

    /** What the first step said. */
    record Pending(Caller caller, String name, Set<Scope> scopes, byte[] commitment, byte[] nonce, Instant until) {}

    Instant deadline() {
        return clock.instant().plus(LIFETIME);
    }

    synchronized void add(String id, Pending entry) throws Failure {
        Instant now = clock.instant();
        pending.values().removeIf(old -> !now.isBefore(old.until()));
        long own = pending.values().stream()
                .filter(old -> sameCaller(old, entry.caller()))
                .count();
        Iterator<Pending> oldest = pending.values().iterator();
        while (own >= MAX_PER_CALLER && oldest.hasNext()) {
            if (sameCaller(oldest.next(), entry.caller())) {
                oldest.remove();
                own--;
            }
        }
        if (pending.size() >= MAX) {
            throw new Failure(Failure.Kind.BUSY, "Too many clients are being paired. Try again in some minutes.");
        }
        pending.put(id, entry);
    }

    /** Each pairing is finished once, by the caller that began it. */
    synchronized Optional<Pending> take(String id, Caller caller) {
        Pending entry = pending.get(id);
        if (entry == null || !sameCaller(entry, caller)) {
            return Optional.empty();
        }
        pending.remove(id);
        return clock.instant().isBefore(entry.until()) ? Optional.of(entry) : Optional.empty();
    }

    private static boolean sameCaller(Pending entry, Caller caller) {
        return entry.caller().door() == caller.door()
                && Objects.equals(entry.caller().origin(), caller.origin());
    }
}
