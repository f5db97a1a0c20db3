package org.zegel.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.database.Database;
import org.zegel.database.SchemaPart;
import org.zegel.database.Sql;
import org.zegel.model.Failure;

/**
 * The log of key uses. Each entry carries the hash of the one before, and the newest hash is kept apart, so that a
 * changed, removed, moved or cut off entry is found by {@link #verify}. It does not withstand who rewrites all of it.
 */
public final class AuditLog {
    /** Most entries that {@link #list} gives. */
    public static final int MAX_LISTED = 1000;

    /** The log's tables. */
    public static final SchemaPart SCHEMA = new SchemaPart("audit", List.of("""
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
            """));

    /** Entries that are read in one go. */
    static final int PAGE = 1000;

    private static final String FIRST = "0".repeat(64);

    private final Database database;
    private final Clock clock;

    public AuditLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What happened, before it has a place in the log; see {@link AuditEntry}. */
    public record Use(
            String client,
            String operation,
            @Nullable String identity,
            @Nullable String digest,
            String outcome) {}

    /** Whether the chain is whole; {@code firstBroken} is the number of the first entry that is not as written. */
    public record Check(
            boolean whole, long entries, @Nullable Long firstBroken) {}

    /** Adds an entry; it is on disk when this returns. */
    public AuditEntry append(Use use) throws Failure {
        return database.write(connection -> {
            Head head = head(connection);
            AuditEntry entry = AuditEntry.next(head.number() + 1, clock.instant(), use, head.hash());
            insert(connection, entry);
            Sql.update(
                    connection,
                    "INSERT INTO audit_head VALUES (1, ?, ?)"
                            + " ON CONFLICT (only) DO UPDATE SET number = excluded.number, hash = excluded.hash",
                    entry.number(),
                    entry.hash());
            return entry;
        });
    }

    /** The newest entries, newest first. */
    public List<AuditEntry> list(int limit) throws Failure {
        return database.read(connection -> Sql.query(
                connection,
                "SELECT * FROM audit ORDER BY number DESC LIMIT ?",
                AuditLog::read,
                Math.clamp(limit, 0, MAX_LISTED)));
    }

    /**
     * Recomputes the whole chain, in memory that does not grow with the log. Others may append meanwhile: it reads page
     * by page.
     */
    public Check verify() throws Failure {
        ChainWalk walk = new ChainWalk();
        Check check = null;
        while (check == null) {
            check = database.write(connection -> page(connection, walk));
        }
        return check;
    }

    /** A write transaction, so that the last entries and the head are of one moment; null when there is more. */
    private static @Nullable Check page(Connection connection, ChainWalk walk) throws SQLException {
        long before = walk.entries;
        Sql.each(
                connection,
                "SELECT * FROM audit WHERE number >= ? ORDER BY number LIMIT ?",
                row -> walk.accept(read(row)),
                walk.next,
                PAGE);
        boolean last = walk.entries - before < PAGE || walk.next == Long.MIN_VALUE;
        return last ? walk.end(head(connection)) : null;
    }

    /** What the next entry builds on. */
    private record Head(long number, String hash) {}

    /** Walks the entries in order. */
    private static final class ChainWalk {
        private long entries;

        /** Where the next page starts. Numbers may be anything in a log that was tampered with. */
        private long next = Long.MIN_VALUE;

        private String previous = FIRST;
        private @Nullable Long firstBroken;

        void accept(AuditEntry entry) {
            entries++;
            next = entry.number() + 1;
            if (firstBroken == null && !entry.follows(entries, previous)) {
                firstBroken = entries;
            }
            previous = entry.hash();
        }

        Check end(Head head) {
            Long broken = firstBroken;
            if (broken == null && !new Head(entries, previous).equals(head)) {
                broken = Math.min(head.number(), entries) + 1;
            }
            return new Check(broken == null, entries, broken);
        }
    }

    private static Head head(Connection connection) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT number, hash FROM audit_head",
                        row -> new Head(row.getLong(1), row.getString(2)))
                .orElse(new Head(0, FIRST));
    }

    private static void insert(Connection connection, AuditEntry entry) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                entry.number(),
                entry.at().toEpochMilli(),
                entry.client(),
                entry.operation(),
                entry.identity(),
                entry.digest(),
                entry.outcome(),
                entry.previous(),
                entry.hash());
    }

    private static AuditEntry read(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("number"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("client"),
                row.getString("operation"),
                row.getString("identity"),
                row.getString("digest"),
                row.getString("outcome"),
                row.getString("previous"),
                row.getString("hash"));
    }
}
