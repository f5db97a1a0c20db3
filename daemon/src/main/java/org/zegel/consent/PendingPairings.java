package org.zegel.consent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Scope;

/**
 * Tries to be let in. Each try has one code, and keeps its place until the person has said yes or its time is over,
 * whatever else became of it: so nobody can begin again and again, unseen, until a code fits.
 */
final class PendingPairings {
    /** Of all callers that the system confirms, and of all others: those cannot keep these out. */
    static final int MAX = 16;

    /** Of one caller. */
    static final int MAX_PER_CALLER = 3;

    static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<String, Pending> tries = new LinkedHashMap<>();
    private final Set<String> spent = new HashSet<>();

    PendingPairings(Clock clock) {
        this.clock = clock;
    }

    /** What the first step said. */
    record Pending(Caller caller, String name, Set<Scope> scopes, byte[] commitment, byte[] nonce, Instant until) {
        /** One that would last longer than it may was begun before the clock was set back. */
        boolean isOpen(Instant now) {
            return now.isBefore(until) && !until.isAfter(now.plus(LIFETIME));
        }
    }

    /** Callers that look alike here share their tries. */
    private record Who(
            Door door,
            @Nullable String origin,
            @Nullable String program,
            @Nullable String browser,
            @Nullable Long user) {
        static Who of(Caller caller) {
            // Over HTTP each step may come on another connection, whose program is looked for anew and may not be
            // found.
            String program = caller.door() == Door.SOCKET ? caller.program() : null;
            return new Who(caller.door(), caller.origin(), program, caller.browser(), caller.user());
        }
    }

    Instant deadline() {
        return clock.instant().plus(LIFETIME);
    }

    synchronized void add(String id, Pending entry) throws Failure {
        Instant now = clock.instant();
        tries.values().removeIf(old -> !old.isOpen(now));
        spent.retainAll(tries.keySet());
        Who who = Who.of(entry.caller());
        boolean confirmed = entry.caller().isConfirmed();
        if (count(old -> Who.of(old).equals(who)) >= MAX_PER_CALLER) {
            throw new Failure(
                    Failure.Kind.BUSY,
                    "This client has asked several times without being let in. It may ask again in some minutes.");
        }
        if (count(old -> old.isConfirmed() == confirmed) >= MAX) {
            throw new Failure(Failure.Kind.BUSY, "Too many clients are being paired. Try again in some minutes.");
        }
        tries.put(id, entry);
    }

    /** Each try is finished once, by the caller that began it. */
    synchronized Optional<Pending> take(String id, Caller caller) {
        Pending entry = tries.get(id);
        if (entry == null || !Who.of(entry.caller()).equals(Who.of(caller)) || !spent.add(id)) {
            return Optional.empty();
        }
        return entry.isOpen(clock.instant()) ? Optional.of(entry) : Optional.empty();
    }

    /** The person said yes: this try counts no more. */
    synchronized void release(String id) {
        tries.remove(id);
        spent.remove(id);
    }

    private long count(Predicate<Caller> who) {
        return tries.values().stream().map(Pending::caller).filter(who).count();
    }
}
