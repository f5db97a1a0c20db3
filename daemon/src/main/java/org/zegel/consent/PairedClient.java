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
 * @param expiresAt moves on while the client is used
 */
public record PairedClient(
        String id,
        String name,
        Door door,
        @Nullable String origin,
        Set<Scope> scopes,
        Instant pairedAt,
        Instant expiresAt) {
    public PairedClient {
        scopes = Set.copyOf(scopes);
    }
}
