package org.zegel.consent;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import org.zegel.database.Database;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Scope;

/** Grants in a database of their own, with clients that nobody had to pair. */
final class TestGrants implements AutoCloseable {
    final Grants grants;
    private final Database database;
    private final Clock clock;

    TestGrants(Path home, ClientPolicy policy, Clock clock, String... clients) throws Failure {
        this.database = Database.open(home.resolve("grants.db"), List.of(Pairings.SCHEMA));
        this.clock = clock;
        this.grants = new Grants(database, policy, clock, DecisionLog.NONE);
        for (String client : clients) {
            add(client, Grant.of(EnumSet.allOf(Scope.class)));
        }
    }

    void add(String id, Grant grant) throws Failure {
        byte[] hash = new byte[32];
        new SecureRandom().nextBytes(hash);
        PairedClient client = new PairedClient(
                id,
                "Client " + id,
                Door.NATIVE_MESSAGING,
                id,
                null,
                null,
                false,
                grant,
                clock.instant(),
                null,
                clock.instant().plus(Pairings.LIFETIME));
        grants.add(new ClientTable.Entry(client, hash, new byte[32]));
    }

    @Override
    public void close() {
        database.close();
    }
}
