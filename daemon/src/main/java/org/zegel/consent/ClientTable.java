package org.zegel.consent;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zegel.database.Database;
import org.zegel.database.SchemaPart;
import org.zegel.database.Sql;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.IdentityId;

/** The pairings in the database. Of a token only its hash is kept. */
final class ClientTable {
    static final SchemaPart SCHEMA = new SchemaPart("consent", List.of("""
            CREATE TABLE client (
              id TEXT PRIMARY KEY,
              name TEXT NOT NULL,
              door TEXT NOT NULL,
              origin TEXT,
              scopes TEXT NOT NULL,
              token_hash BLOB NOT NULL UNIQUE,
              key BLOB NOT NULL,
              paired_at INTEGER NOT NULL,
              expires_at INTEGER NOT NULL
            ) STRICT;
            CREATE TABLE denied_caller (caller TEXT PRIMARY KEY, denied_at INTEGER NOT NULL) STRICT;
            """, """
            ALTER TABLE client ADD COLUMN user_id INTEGER;
            ALTER TABLE client ADD COLUMN program TEXT;
            ALTER TABLE client ADD COLUMN approved INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE client ADD COLUMN identities TEXT;
            ALTER TABLE client ADD COLUMN asking TEXT NOT NULL DEFAULT 'usual';
            ALTER TABLE client ADD COLUMN ends_at INTEGER;
            ALTER TABLE client ADD COLUMN used_at INTEGER;
            CREATE TABLE standing_yes (
              client TEXT NOT NULL REFERENCES client (id) ON DELETE CASCADE,
              identity TEXT NOT NULL,
              purpose TEXT NOT NULL,
              since INTEGER NOT NULL,
              PRIMARY KEY (client, identity, purpose)
            ) STRICT, WITHOUT ROWID;
            """, EndedClients.TABLE));

    private static final String INSERT = """
            INSERT INTO client (id, name, door, origin, scopes, token_hash, key, paired_at, expires_at,
              user_id, program, approved, identities, asking, ends_at, used_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final Database database;

    ClientTable(Database database) {
        this.database = database;
    }

    /** A row: what may be shown, and what proves it. */
    record Entry(PairedClient client, byte[] tokenHash, byte[] key) {}

    void add(Entry entry) throws Failure {
        PairedClient client = entry.client();
        Grant grant = client.grant();
        database.change(connection -> Sql.update(
                connection,
                INSERT,
                client.id(),
                client.name(),
                client.door().name(),
                client.origin(),
                ScopeNames.join(grant.scopes()),
                entry.tokenHash(),
                entry.key(),
                client.pairedAt().toEpochMilli(),
                client.expiresAt().toEpochMilli(),
                client.user(),
                client.program(),
                client.approved() ? 1 : 0,
                join(grant.identities()),
                grant.asking().word(),
                millis(grant.expiresAt()),
                millis(client.usedAt())));
    }

    Optional<Entry> byTokenHash(byte[] hash) throws Failure {
        return database.read(connection ->
                Sql.first(connection, "SELECT * FROM client WHERE token_hash = ?", ClientTable::read, hash));
    }

    Optional<Entry> byId(String id) throws Failure {
        return database.read(
                connection -> Sql.first(connection, "SELECT * FROM client WHERE id = ?", ClientTable::read, id));
    }

    List<Entry> all() throws Failure {
        return database.read(
                connection -> Sql.query(connection, "SELECT * FROM client ORDER BY paired_at, id", ClientTable::read));
    }

    boolean remove(String id) throws Failure {
        return database.write(connection -> Sql.update(connection, "DELETE FROM client WHERE id = ?", id) > 0);
    }

    /** False when there is no such client. */
    boolean change(String id, Grant grant) throws Failure {
        return database.write(connection -> Sql.update(
                        connection,
                        "UPDATE client SET scopes = ?, identities = ?, asking = ?, ends_at = ? WHERE id = ?",
                        ScopeNames.join(grant.scopes()),
                        join(grant.identities()),
                        grant.asking().word(),
                        millis(grant.expiresAt()),
                        id)
                > 0);
    }

    void used(String id, Instant at, Instant until) throws Failure {
        database.change(connection -> Sql.update(
                connection,
                "UPDATE client SET used_at = ?, expires_at = ? WHERE id = ?",
                at.toEpochMilli(),
                until.toEpochMilli(),
                id));
    }

    private static Entry read(ResultSet row) throws SQLException {
        Grant grant = new Grant(
                ScopeNames.split(row.getString("scopes")),
                split(row.getString("identities")),
                // A word of another version: the careful reading.
                Asking.parse(row.getString("asking")).orElse(Asking.EACH_TIME),
                instant(number(row, "ends_at")));
        PairedClient client = new PairedClient(
                row.getString("id"),
                row.getString("name"),
                Door.valueOf(row.getString("door")),
                row.getString("origin"),
                number(row, "user_id"),
                row.getString("program"),
                row.getInt("approved") != 0,
                grant,
                Instant.ofEpochMilli(row.getLong("paired_at")),
                instant(number(row, "used_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")));
        return new Entry(client, row.getBytes("token_hash"), row.getBytes("key"));
    }

    private static @Nullable String join(@Nullable Set<IdentityId> identities) {
        return identities == null
                ? null
                : identities.stream().map(IdentityId::value).sorted().collect(Collectors.joining(" "));
    }

    private static @Nullable Set<IdentityId> split(@Nullable String identities) {
        return identities == null
                ? null
                : Stream.of(identities.split(" "))
                        .filter(id -> !id.isEmpty())
                        .map(IdentityId::new)
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
