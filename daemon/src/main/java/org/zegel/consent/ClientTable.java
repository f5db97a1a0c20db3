package org.zegel.consent;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.zegel.database.Database;
import org.zegel.database.SchemaPart;
import org.zegel.database.Sql;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Failure;

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
            """));

    private final Database database;

    ClientTable(Database database) {
        this.database = database;
    }

    /** A row: what may be shown, and what proves it. */
    record Entry(PairedClient client, byte[] tokenHash, byte[] key) {}

    void add(Entry entry) throws Failure {
        PairedClient client = entry.client();
        database.change(connection -> Sql.update(
                connection,
                "INSERT INTO client VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                client.id(),
                client.name(),
                client.door().name(),
                client.origin(),
                ScopeNames.join(client.scopes()),
                entry.tokenHash(),
                entry.key(),
                client.pairedAt().toEpochMilli(),
                client.expiresAt().toEpochMilli()));
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
                connection -> Sql.query(connection, "SELECT * FROM client ORDER BY paired_at", ClientTable::read));
    }

    boolean remove(String id) throws Failure {
        return database.write(connection -> Sql.update(connection, "DELETE FROM client WHERE id = ?", id) > 0);
    }

    void renew(String id, Instant until) throws Failure {
        database.change(connection ->
                Sql.update(connection, "UPDATE client SET expires_at = ? WHERE id = ?", until.toEpochMilli(), id));
    }

    void deny(Caller caller, String name, Instant at) throws Failure {
        database.change(connection -> Sql.update(
                connection,
                "INSERT OR REPLACE INTO denied_caller VALUES (?, ?)",
                deniedKey(caller, name),
                at.toEpochMilli()));
    }

    boolean isDenied(Caller caller, String name) throws Failure {
        return database.read(connection -> Sql.first(
                        connection,
                        "SELECT 1 FROM denied_caller WHERE caller = ?",
                        row -> row.getInt(1),
                        deniedKey(caller, name))
                .isPresent());
    }

    /** Callers that were refused for good may ask again. */
    void forgetDenied() throws Failure {
        database.change(connection -> Sql.update(connection, "DELETE FROM denied_caller"));
    }

    /** Local programs have no origin: they are told apart by the name they give themselves. */
    private static String deniedKey(Caller caller, String name) {
        return caller.door() + " " + (caller.origin() == null ? "name " + name : "origin " + caller.origin());
    }

    private static Entry read(ResultSet row) throws SQLException {
        PairedClient client = new PairedClient(
                row.getString("id"),
                row.getString("name"),
                Door.valueOf(row.getString("door")),
                row.getString("origin"),
                ScopeNames.split(row.getString("scopes")),
                Instant.ofEpochMilli(row.getLong("paired_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")));
        return new Entry(client, row.getBytes("token_hash"), row.getBytes("key"));
    }
}
