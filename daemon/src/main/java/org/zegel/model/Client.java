package org.zegel.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A paired caller and what it may do.
 *
 * @param id public id of the pairing; owns content handles and appears in the audit log
 * @param identities the only ones it may use and see; null: all
 */
public record Client(
        String id, String name, Set<Scope> scopes, @Nullable Set<IdentityId> identities, Caller caller) {
    public Client {
        scopes = Set.copyOf(scopes);
        identities = identities == null ? null : Set.copyOf(identities);
    }

    /** One that may use every identity. */
    public Client(String id, String name, Set<Scope> scopes, Caller caller) {
        this(id, name, scopes, null, caller);
    }

    /** Whether this identity is among those that it may use and see. */
    public boolean mayUse(IdentityId identity) {
        return identities == null || identities.contains(identity);
    }

    /** The same client, calling as this caller. */
    public Client with(Caller other) {
        return new Client(id, name, scopes, identities, other);
    }
}
