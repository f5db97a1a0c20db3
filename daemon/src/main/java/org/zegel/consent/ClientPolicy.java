package org.zegel.consent;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Scope;

/**
 * What an administrator says about clients. Origins and extension ids name them; programs of the same person at the
 * local socket have neither, so only the limits are theirs too. It holds for pairings from before it as well.
 *
 * @param allowed nobody else; empty: anybody
 * @param approved who may be let in without a question, and with which scopes at most
 * @param maxScopes no client has others
 * @param longestYes how long a yes to a use of a key counts at most; zero: each use is asked; null: the person decides
 * @param longestGrant how long after it was paired a client has to pair anew; null: no such limit
 */
public record ClientPolicy(
        Set<String> allowed,
        Set<String> forbidden,
        Map<String, Set<Scope>> approved,
        Set<Scope> maxScopes,
        @Nullable Duration longestYes,
        @Nullable Duration longestGrant) {
    /** Nothing is forbidden, and nothing decided. */
    public static final ClientPolicy OPEN = new ClientPolicy(Set.of(), Set.of());

    public ClientPolicy {
        allowed = Set.copyOf(allowed);
        forbidden = Set.copyOf(forbidden);
        approved = Map.copyOf(approved);
        maxScopes = Set.copyOf(maxScopes);
    }

    /** Who may pair; everything else is the person's to decide. */
    public ClientPolicy(Set<String> allowed, Set<String> forbidden) {
        this(allowed, forbidden, Map.of(), EnumSet.allOf(Scope.class), null, null);
    }

    void check(Caller caller) throws Failure {
        if (!permits(caller.door(), caller.origin())) {
            throw new Failure(Failure.Kind.POLICY_FORBIDS, "Your organisation's policy does not allow this client.");
        }
    }

    boolean permits(Door door, @Nullable String origin) {
        if (door == Door.SOCKET || door == Door.IN_PROCESS) {
            return true;
        }
        if (origin == null) {
            return allowed.isEmpty();
        }
        return (allowed.isEmpty() || names(allowed, origin)) && !names(forbidden, origin);
    }

    /** Whether it may still be a client: also that what was let in by approval is still approved. */
    boolean permits(PairedClient client) {
        return permits(client.door(), client.origin())
                && (!client.approved()
                        || approvedScopes(client.door(), client.origin()).isPresent());
    }

    /**
     * The scopes that this caller is approved for; empty where it is not named, and for who has no origin: the name that
     * a program gives itself is nobody's approval.
     */
    Optional<Set<Scope>> approvedScopes(Door door, @Nullable String origin) {
        if (origin == null || (door != Door.HTTP && door != Door.NATIVE_MESSAGING)) {
            return Optional.empty();
        }
        return approved.entrySet().stream()
                .filter(entry -> isNamed(entry.getKey(), origin))
                .map(entry -> within(entry.getValue()))
                .reduce(ClientPolicy::both);
    }

    /** The same client may be named in two ways: by its id alone, and by its Origin. */
    private static Set<Scope> both(Set<Scope> one, Set<Scope> other) {
        Set<Scope> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    /** Those of the scopes that a client may have at all. */
    Set<Scope> within(Set<Scope> scopes) {
        Set<Scope> left = new HashSet<>(scopes);
        left.retainAll(maxScopes);
        return left;
    }

    /** What the person is told of how long a yes may count. */
    Set<PolicyNote> yesNotes() {
        if (longestYes == null) {
            return Set.of();
        }
        return Set.of(longestYes.isZero() ? PolicyNote.ASKED_EACH_TIME : PolicyNote.ASKED_AGAIN);
    }

    /** What is left of a grant under this policy. */
    Grant limit(Grant grant, Instant pairedAt) {
        return new Grant(
                within(grant.scopes()),
                grant.identities(),
                limit(grant.asking()),
                earlier(grant.expiresAt(), longestGrant == null ? null : pairedAt.plus(longestGrant)));
    }

    private Asking limit(Asking asking) {
        if (longestYes == null) {
            return asking;
        }
        if (longestYes.isZero()) {
            return Asking.EACH_TIME;
        }
        Asking most = Asking.minutes((int) longestYes.toMinutes());
        return asking.asksLessThan(most) ? most : asking;
    }

    /** How long a yes for a while lasts under this policy. */
    Duration limit(Duration session) {
        return longestYes == null || session.compareTo(longestYes) <= 0 ? session : longestYes;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    private static boolean names(Set<String> entries, String origin) {
        return entries.stream().anyMatch(entry -> isNamed(entry, origin));
    }

    private static boolean isNamed(String entry, String origin) {
        return origin.equals(entry)
                || origin.equals("chrome-extension://" + entry)
                || origin.equals("chrome-extension://" + entry + "/");
    }
}
