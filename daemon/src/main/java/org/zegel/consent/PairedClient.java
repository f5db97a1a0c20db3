package org.zegel.consent;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Door;
import org.zegel.model.Scope;

/**
 * A pairing as it is remembered.
 *
 * @param origin what the door said of the caller when it was paired; the token is good for that caller alone
 * @param user numeric id of the user whose caller it was, where the system told it; the token is that user's alone
 * @param program path of the program that was paired, where the system told it; to be shown, and no proof
 * @param approved paired by the organisation's word, without a question
 * @param usedAt the day it was last used, at midnight UTC; null: not since this is kept
 * @param expiresAt moves on while the client is used; the grant may end before
 */
public record PairedClient(
        String id,
        String name,
        Door door,
        @Nullable String origin,
        @Nullable Long user,
        @Nullable String program,
        boolean approved,
        Grant grant,
        Instant pairedAt,
        @Nullable Instant usedAt,
        Instant expiresAt) {
    public Set<Scope> scopes() {
        return grant.scopes();
    }

    /** The same pairing with another grant. */
    PairedClient with(Grant other) {
        return new PairedClient(id, name, door, origin, user, program, approved, other, pairedAt, usedAt, expiresAt);
    }

    /** Whether its time is over, by want of use or by its grant. */
    public boolean hasEnded(Instant now) {
        return !now.isBefore(expiresAt) || grant.hasEnded(now);
    }
}
