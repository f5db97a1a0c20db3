package org.zegel.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.database.SchemaPart;
import org.zegel.database.Sql;

/** The log's rows. */
final class AuditTable {
    static final SchemaPart SCHEMA = new SchemaPart("audit", List.of("""
            CREATE TABLE audit (
              number INTEGER PRIMARY KEY,
              at INTEGER NOT NULL,
              client TEXT NOT NULL,
              operation TEXT NOT NULL,
              identity TEXT,
              digest TEXT,
              outcome TEXT NOT NULL,
              previous TEXT NOT NULL,
              hash TEXT NOT NULL
            ) STRICT;
            CREATE TABLE audit_head (only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER, hash TEXT) STRICT;
            """, """
            ALTER TABLE audit ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
            ALTER TABLE audit ADD COLUMN client_name TEXT;
            ALTER TABLE audit ADD COLUMN certificate TEXT;
            ALTER TABLE audit ADD COLUMN digest_algorithm TEXT;
            ALTER TABLE audit ADD COLUMN detail TEXT;
            ALTER TABLE audit ADD COLUMN subject TEXT;
            CREATE TABLE audit_mirror (name TEXT PRIMARY KEY, sent INTEGER NOT NULL) STRICT;
            """, """
            CREATE TABLE audit_policy (only INTEGER PRIMARY KEY CHECK (only = 1), digest TEXT) STRICT;
            """, OpenChanges.TABLE));

    private AuditTable() {}

    /** What the next entry builds on. */
    record Head(long number, String hash) {}

    static Head head(Connection connection) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT number, hash FROM audit_head",
                        row -> new Head(row.getLong(1), row.getString(2)))
                .orElse(new Head(0, AuditEntry.FIRST));
    }

    /** Adds the entry and makes it the head. */
    static void append(Connection connection, AuditEntry entry) throws SQLException {
        AuditEvent event = entry.event();
        Sql.update(
                connection,
                "INSERT INTO audit (number, at, version, client, client_name, operation, identity, certificate,"
                        + " digest_algorithm, digest, outcome, detail, subject, previous, hash)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                entry.number(),
                entry.at().toEpochMilli(),
                entry.version(),
                event.client(),
                event.clientName(),
                event.operation(),
                event.identity(),
                event.certificate(),
                event.digestAlgorithm(),
                event.digest(),
                event.outcome(),
                event.detail(),
                event.subject(),
                entry.previous(),
                entry.hash());
        Sql.update(
                connection,
                "INSERT INTO audit_head VALUES (1, ?, ?)"
                        + " ON CONFLICT (only) DO UPDATE SET number = excluded.number, hash = excluded.hash",
                entry.number(),
                entry.hash());
    }

    /** Entries from that number on, the oldest first. */
    static List<AuditEntry> from(Connection connection, long number, int limit) throws SQLException {
        return Sql.query(
                connection,
                "SELECT * FROM audit WHERE number >= ? ORDER BY number LIMIT ?",
                AuditTable::read,
                number,
                limit);
    }

    /** The newest of what was asked for, newest first. */
    static List<AuditEntry> newest(Connection connection, AuditQuery query) throws SQLException {
        StringBuilder where = new StringBuilder();
        List<@Nullable Object> arguments = new ArrayList<>();
        condition(where, arguments, "number < ?", query.before());
        condition(where, arguments, "at >= ?", millis(query.since()));
        condition(where, arguments, "at < ?", millis(query.until()));
        condition(where, arguments, "client = ?", query.client());
        arguments.add(query.limit());
        return Sql.query(
                connection,
                "SELECT * FROM audit" + where + " ORDER BY number DESC LIMIT ?",
                AuditTable::read,
                arguments.toArray());
    }

    private static void condition(
            StringBuilder where, List<@Nullable Object> arguments, String condition, @Nullable Object value) {
        if (value != null) {
            where.append(where.isEmpty() ? " WHERE " : " AND ").append(condition);
            arguments.add(value);
        }
    }

    private static @Nullable Long millis(@Nullable Instant at) {
        return at == null ? null : at.toEpochMilli();
    }

    private static AuditEntry read(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("number"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getInt("version"),
                new AuditEvent(
                        row.getString("client"),
                        row.getString("client_name"),
                        row.getString("operation"),
                        row.getString("identity"),
                        row.getString("certificate"),
                        row.getString("digest_algorithm"),
                        row.getString("digest"),
                        row.getString("outcome"),
                        row.getString("detail"),
                        row.getString("subject")),
                row.getString("previous"),
                row.getString("hash"));
    }
}
