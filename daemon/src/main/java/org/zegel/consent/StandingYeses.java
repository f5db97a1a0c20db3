package org.zegel.consent;

import java.time.Instant;
import java.util.List;
import org.zegel.database.Database;
import org.zegel.database.Sql;
import org.zegel.model.Failure;
import org.zegel.model.IdentityId;

/** Yeses for good: one client, one key, one use. They end with the pairing. */
final class StandingYeses {
    private final Database database;

    StandingYeses(Database database) {
        this.database = database;
    }

    /** Nothing happens where the client is gone already. */
    void add(String client, StandingYes yes, Instant at) throws Failure {
        database.change(connection -> Sql.update(
                connection,
                "INSERT OR IGNORE INTO standing_yes SELECT id, ?, ?, ? FROM client WHERE id = ?",
                yes.identity().value(),
                yes.purpose().name(),
                at.toEpochMilli(),
                client));
    }

    boolean has(String client, StandingYes yes) throws Failure {
        return of(client).contains(yes);
    }

    List<StandingYes> of(String client) throws Failure {
        return database.read(connection -> Sql.query(
                connection,
                "SELECT identity, purpose FROM standing_yes WHERE client = ? ORDER BY since, identity, purpose",
                row -> new StandingYes(new IdentityId(row.getString(1)), Question.Purpose.valueOf(row.getString(2))),
                client));
    }

    void forget(String client) throws Failure {
        database.change(connection -> Sql.update(connection, "DELETE FROM standing_yes WHERE client = ?", client));
    }
}
