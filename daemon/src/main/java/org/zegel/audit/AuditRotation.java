package org.zegel.audit;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.audit.AuditArchive.Span;
import org.zegel.database.Database;
import org.zegel.database.Sql;
import org.zegel.model.Failure;

/**
 * Takes the oldest lines out of the log when it is too long or they are too old. A line about it keeps the chain whole:
 * it has the number and the hash of the last line taken out. Lines are in the archive, on disk, before they leave the
 * database. Safe for use by several threads, and by several processes on one database.
 */
public final class AuditRotation {
    /** Lines that are taken out in one go: in one file, in one transaction, with one line about it. */
    public static final int BATCH = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(AuditRotation.class);

    /** Of the lines that may stay, this share is taken out as well, so that it is not done for each new line. */
    private static final int SLACK = 10;

    private static final Duration AGE_SLACK = Duration.ofDays(1);

    private final Database database;
    private final AuditLog log;
    private final Clock clock;
    private final Rules rules;
    private final AuditArchive archive;

    /** {@code archive}: not asked to write when the rules say that nothing is kept. */
    public AuditRotation(Database database, AuditLog log, Clock clock, Rules rules, AuditArchive archive) {
        this.database = database;
        this.log = log;
        this.clock = clock;
        this.rules = rules;
        this.archive = archive;
    }

    /**
     * What stays.
     *
     * @param keep lines that are older go; zero: none does for its age
     * @param maxEntries beyond so many the oldest go
     * @param archived whether what goes is kept in the archive
     */
    public record Rules(Duration keep, long maxEntries, boolean archived) {}

    /**
     * Takes out what has to go; how many lines that were.
     *
     * @throws Failure {@code STORE_UNAVAILABLE} when the archive cannot be written: then those lines stay
     */
    public synchronized long rotate() throws Failure {
        long last = database.read(this::lastToGo);
        long removed = 0;
        long taken = 1;
        while (taken > 0) {
            long first = database.read(AuditRotation::first);
            taken = first > 0 && first <= last ? rotate(first, last) : 0;
            removed += taken;
        }
        return removed;
    }

    /** All of it in a transaction, so that no other process does the same at the same time. */
    private long rotate(long first, long last) throws Failure {
        return database.write(connection -> {
            if (first(connection) != first) {
                return 0L;
            }
            Span span = new Span(first, Math.min(last, first + BATCH - 1));
            List<AuditEntry> entries =
                    AuditTable.from(connection, first, Math.toIntExact(span.last() - span.first() + 1));
            if (!areWhole(entries, span)) {
                LOG.warn("lines {} to {} of the audit log are not as they were written: they stay", first, span.last());
                return 0L;
            }
            if (rules.archived()) {
                archive(span, entries);
            }
            String hash = entries.getLast().hash();
            Rotation rotation = new Rotation(first, span.last(), hash, rules.archived() ? span.fileName() : null);
            long removed = Sql.update(connection, "DELETE FROM audit WHERE number <= ?", span.last());
            log.append(rotation.event());
            return removed;
        });
    }

    private void archive(Span span, List<AuditEntry> entries) throws Failure {
        try {
            for (Span left : archive.spans()) {
                // Written by who was stopped before the lines left the database.
                if (left.last() >= span.first()) {
                    archive.remove(left);
                }
            }
            archive.write(span, entries);
        } catch (IOException unwritable) {
            throw new Failure(
                    Failure.Kind.STORE_UNAVAILABLE,
                    "The audit log's old lines cannot be put into a file. Is there room in Zegel's home?",
                    unwritable);
        }
    }

    /** What was tampered with is not tidied away. */
    private static boolean areWhole(List<AuditEntry> entries, Span span) {
        long number = span.first();
        String previous = entries.isEmpty() ? "" : entries.getFirst().previous();
        for (AuditEntry entry : entries) {
            if (!entry.follows(number, previous)) {
                return false;
            }
            number++;
            previous = entry.hash();
        }
        return number == span.last() + 1;
    }

    /** The number of the newest line that has to go; 0 where none has. */
    private long lastToGo(Connection connection) throws SQLException {
        long first = first(connection);
        long head = AuditTable.head(connection).number();
        long byNumber =
                head - first + 1 > rules.maxEntries() ? head - rules.maxEntries() + rules.maxEntries() / SLACK : 0;
        return Math.max(byNumber, byAge(connection, first, head));
    }

    private long byAge(Connection connection, long first, long head) throws SQLException {
        if (rules.keep().isZero()) {
            return 0;
        }
        Instant oldest = clock.instant().minus(rules.keep());
        long due = Sql.first(connection, "SELECT at FROM audit WHERE number = ?", row -> row.getLong(1), first)
                .orElse(Long.MAX_VALUE);
        if (due >= oldest.minus(AGE_SLACK).toEpochMilli()) {
            return 0;
        }
        return Sql.first(
                        connection,
                        "SELECT number FROM audit WHERE at >= ? ORDER BY number LIMIT 1",
                        row -> row.getLong(1) - 1,
                        oldest.toEpochMilli())
                .orElse(head);
    }

    private static long first(Connection connection) throws SQLException {
        return Sql.first(connection, "SELECT number FROM audit ORDER BY number LIMIT 1", row -> row.getLong(1))
                .orElse(0L);
    }
}
