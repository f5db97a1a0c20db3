package org.zegel.consent;

import java.time.Instant;
import java.util.Set;
import org.zegel.database.Database;
import org.zegel.database.Sql;
import org.zegel.model.Failure;

/** Of which clients it was written down that their time is over, so that it is once. The mark goes with the pairing. */
final class EndedClients {
    static final String TABLE = """
            CREATE TABLE ended_client (
              client TEXT PRIMARY KEY REFERENCES client (id) ON DELETE CASCADE,
              at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            """;

    private final Database database;

    EndedClients(Database database) {
        this.database = database;
    }

    Set<String> all() throws Failure {
        return Set.copyOf(database.read(
                connection -> Sql.query(connection, "SELECT client FROM ended_client", row -> row.getString(1))));
    }

    /** False when it has the mark, or there is no such client any more. */
    boolean mark(String client, Instant at) throws Failure {
        return database.write(connection -> Sql.update(
                        connection,
                        "INSERT OR IGNORE INTO ended_client SELECT id, ? FROM client WHERE id = ?",
                        at.toEpochMilli(),
                        client)
                > 0);
    }

    void unmark(String client) throws Failure {
        database.change(connection -> Sql.update(connection, "DELETE FROM ended_client WHERE client = ?", client));
    }
}
