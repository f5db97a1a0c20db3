package org.zegel.consent;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.IdentityId;
import org.zegel.model.Scope;

/**
 * What a client may do.
 *
 * @param identities the only ones it may use and see; null: all, also those that come later
 * @param asking how often its use of a key is asked about
 * @param expiresAt it is over then, however much it is used; null: no such moment
 */
public record Grant(
        Set<Scope> scopes,
        @Nullable Set<IdentityId> identities,
        Asking asking,
        @Nullable Instant expiresAt) {
    /** Most identities that one grant names. */
    public static final int MAX_IDENTITIES = 100;

    public Grant {
        scopes = Set.copyOf(scopes);
        identities = identities == null ? null : Set.copyOf(identities);
    }

    /** These scopes with every identity, asked about as usual, without an end. */
    public static Grant of(Set<Scope> scopes) {
        return new Grant(scopes, null, Asking.USUAL, null);
    }

    /** The same, asked about like this. */
    public Grant withAsking(Asking other) {
        return new Grant(scopes, identities, other, expiresAt);
    }

    /** Whether it lets the client do, in any respect, what the other does not. */
    public boolean exceeds(Grant other) {
        return !other.scopes.containsAll(scopes)
                || exceeds(identities, other.identities)
                || asking.asksLessThan(other.asking)
                || isLater(expiresAt, other.expiresAt);
    }

    private static boolean exceeds(@Nullable Set<IdentityId> these, @Nullable Set<IdentityId> others) {
        return others != null && (these == null || !others.containsAll(these));
    }

    private static boolean isLater(@Nullable Instant one, @Nullable Instant other) {
        return other != null && (one == null || one.isAfter(other));
    }

    /** Whether its time is over. */
    boolean hasEnded(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
