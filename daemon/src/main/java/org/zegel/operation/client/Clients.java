package org.zegel.operation.client;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.Pairings;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.model.Scope;

/** The paired clients and their grants. */
public final class Clients {
    private final Pairings pairings;

    public Clients(Pairings pairings) {
        this.pairings = pairings;
    }

    public record Entry(
            String id, String name, @Nullable String origin, String door, Set<Scope> scopes, Instant pairedAt) {}

    public Entry self(Client client) throws Failure { throw new IllegalStateException(); }
    public List<Entry> list() throws Failure { throw new IllegalStateException(); }
    public void revoke(String client) throws Failure { throw new IllegalStateException(); }
}
