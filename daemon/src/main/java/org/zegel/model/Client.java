package org.zegel.model;

import java.util.Set;

/**
 * A paired caller and what it may do.
 *
 * @param id public id of the pairing; owns content handles and appears in the audit log
 */
public record Client(String id, String name, Set<Scope> scopes, Caller caller) {
    public Client {
        scopes = Set.copyOf(scopes);
    }

    /** The same client, calling as this caller. */
    public Client with(Caller other) {
        return new Client(id, name, scopes, other);
    }
}
