package org.zegel.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.zegel.database.Sql;

/** Changes outside the database that were begun and have no line yet, with the process that does them. */
final class OpenChanges {
    static final String TABLE = """
            CREATE TABLE audit_open (
              id INTEGER PRIMARY KEY,
              at INTEGER NOT NULL,
              process INTEGER NOT NULL,
              process_start INTEGER,
              client TEXT NOT NULL,
              client_name TEXT,
              operation TEXT NOT NULL,
              identity TEXT,
              certificate TEXT,
              detail TEXT
            ) STRICT;
            """;

    private OpenChanges() {}

    record Row(long id, Instant at, long process, @Nullable Long processStart, AuditEvent event) {
        /** Whether that process may still write the line itself. */
        boolean isGoingOn() {
            return ProcessHandle.of(process)
                    .filter(there -> Objects.equals(start(there), processStart))
                    .isPresent();
        }
    }

    static long add(Connection connection, AuditEvent event, Instant at) throws SQLException {
        ProcessHandle self = ProcessHandle.current();
        Sql.update(
                connection,
                "INSERT INTO audit_open (at, process, process_start, client, client_name, operation, identity,"
                        + " certificate, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                at.toEpochMilli(),
                self.pid(),
                start(self),
                event.client(),
                event.clientName(),
                event.operation(),
                event.identity(),
                event.certificate(),
                event.detail());
        return Sql.first(connection, "SELECT last_insert_rowid()", row -> row.getLong(1))
                .orElseThrow();
    }

    static void remove(Connection connection, long id) throws SQLException {
        Sql.update(connection, "DELETE FROM audit_open WHERE id = ?", id);
    }

    static List<Row> all(Connection connection) throws SQLException {
        return Sql.query(connection, "SELECT * FROM audit_open ORDER BY id", OpenChanges::read);
    }

    private static Row read(ResultSet row) throws SQLException {
        long start = row.getLong("process_start");
        Long processStart = row.wasNull() ? null : start;
        AuditEvent event = new AuditEvent(
                row.getString("client"),
                row.getString("client_name"),
                row.getString("operation"),
                row.getString("identity"),
                row.getString("certificate"),
                null,
                null,
                AuditEvent.UNKNOWN,
                row.getString("detail"),
                null);
        return new Row(
                row.getLong("id"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getLong("process"),
                processStart,
                event);
    }

    private static @Nullable Long start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(null);
    }
}
