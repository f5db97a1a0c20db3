package org.zegel.audit;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.zegel.audit.AuditTable.Head;
import org.zegel.database.Database;
import org.zegel.database.SchemaPart;
import org.zegel.model.Failure;

/**
 * The log of what was done in the person's name, and who was allowed to. Each entry carries the hash of the one before,
 * and the newest hash is kept apart, so that a changed, removed, moved or cut off entry is found by {@link #verify}. It
 * does not withstand who rewrites all of it: a mirror elsewhere does.
 */
public final class AuditLog {
    /** Most entries that {@link #list} gives. */
    public static final int MAX_LISTED = 1000;

    /** The log's tables. */
    public static final SchemaPart SCHEMA = AuditTable.SCHEMA;

    /** Entries that are read in one go. */
    static final int PAGE = 1000;

    private final Database database;
    private final Clock clock;
    private final boolean subjects;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** A log that keeps no subject of any message. */
    public AuditLog(Database database, Clock clock) {
        this(database, clock, false);
    }

    /** {@code subjects}: whether the subjects of messages are kept. */
    public AuditLog(Database database, Clock clock, boolean subjects) {
        this.database = database;
        this.clock = clock;
        this.subjects = subjects;
    }

    /**
     * Whether the chain is whole.
     *
     * @param entries that were checked, in the archive and in the database
     * @param absent entries that rotation took out and that are in no archive
     * @param firstBroken number of the first entry that is not as written
     * @param newest number of the last entry that is in its place, with its hash; 0 where there is none
     */
    public record Check(
            boolean whole,
            long entries,
            long absent,
            @Nullable Long firstBroken,
            long newest,
            String hash) {}

    /** Something that is done and has its line in the log. */
    @FunctionalInterface
    public interface Action<T extends @Nullable Object> {
        T run() throws Failure;
    }

    /** Adds an entry; it is on disk when this returns, or when the transaction around it ends. */
    public AuditEntry append(AuditEvent event) throws Failure {
        AuditEvent kept = subjects ? event : event.withSubject(null);
        AuditEntry entry = database.write(connection -> {
            Head head = AuditTable.head(connection);
            AuditEntry next = AuditEntry.next(head.number() + 1, clock.instant(), kept, head.hash());
            AuditTable.append(connection, next);
            return next;
        });
        listeners.forEach(Runnable::run);
        return entry;
    }

    /**
     * Changes the database and adds the entry: both or neither. The action is quick and asks nobody, for others wait
     * meanwhile.
     */
    public <T extends @Nullable Object> T recorded(AuditEvent event, Action<T> action) throws Failure {
        return database.write(connection -> {
            T result = action.run();
            append(event);
            return result;
        });
    }

    /**
     * Remembers that something outside the database is about to be changed; on disk when this returns. The number is for
     * {@link #ended}. Where that never comes, {@link #endLeftOpen} of a later process writes the entry.
     */
    public long begin(AuditEvent event) throws Failure {
        return database.write(connection -> OpenChanges.add(connection, event, clock.instant()));
    }

    /** Adds the entries about what was begun, which is over: all of it or nothing. */
    public void ended(Collection<Long> begun, List<AuditEvent> events) throws Failure {
        database.change(connection -> {
            for (long id : begun) {
                OpenChanges.remove(connection, id);
            }
            for (AuditEvent event : events) {
                append(event);
            }
        });
    }

    /** Adds an entry, of unknown outcome, for each thing that was begun by a process that is gone; how many they were. */
    public int endLeftOpen() throws Failure {
        // Looked at without a transaction first: mostly there is nothing.
        if (database.read(OpenChanges::all).isEmpty()) {
            return 0;
        }
        return database.write(connection -> {
            int count = 0;
            for (OpenChanges.Row row : OpenChanges.all(connection)) {
                if (!row.isGoingOn()) {
                    OpenChanges.remove(connection, row.id());
                    String known = row.event().detail();
                    append(row.event().withDetail((known == null ? "" : known + ", ") + "begun " + row.at()));
                    count++;
                }
            }
            return count;
        });
    }

    /** Called after each entry, perhaps before its transaction has ended; is quick and does not throw. */
    public void onAppended(Runnable listener) {
        listeners.add(listener);
    }

    /** The newest of the entries asked for, newest first. */
    public List<AuditEntry> list(AuditQuery query) throws Failure {
        return database.read(connection -> AuditTable.newest(connection, query));
    }

    /** The entries from that number on, the oldest first; at most {@value #PAGE}. */
    public List<AuditEntry> from(long number) throws Failure {
        return database.read(connection -> AuditTable.from(connection, number, PAGE));
    }

    /**
     * Recomputes the whole chain, in memory that does not grow with the log. Others may append meanwhile: it reads page
     * by page.
     */
    public Check verify() throws Failure {
        return verify(AuditArchive.NONE);
    }

    /** The same, with the entries in the archive before it. */
    public Check verify(AuditArchive archive) throws Failure {
        ChainWalk walk = new ChainWalk();
        walk(archive, walk);
        Pages pages = new Pages();
        Check check = null;
        while (check == null) {
            check = database.write(connection -> pages.next(connection, walk));
        }
        return check;
    }

    /** What is also in the database, because rotation was stopped half-way, is left out. */
    private void walk(AuditArchive archive, ChainWalk walk) throws Failure {
        List<AuditEntry> oldest = database.read(connection -> AuditTable.from(connection, Long.MIN_VALUE, 1));
        long end = oldest.isEmpty() ? Long.MAX_VALUE : oldest.getFirst().number();
        long next = 1;
        try {
            for (AuditArchive.Span span : archive.spans()) {
                if (span.last() < end) {
                    next = span.first();
                    archive.read(span, walk::accept);
                }
            }
        } catch (IOException damaged) {
            walk.damaged(next);
        }
    }

    /** Where the walk is in the table. */
    private static final class Pages {
        /** Numbers may be anything in a log that was tampered with. */
        private long next = Long.MIN_VALUE;

        /** A write transaction, so that the last entries and the head are of one moment; null when there is more. */
        @Nullable
        Check next(Connection connection, ChainWalk walk) throws SQLException {
            List<AuditEntry> page = AuditTable.from(connection, next, PAGE);
            page.forEach(walk::accept);
            next = page.isEmpty() ? Long.MIN_VALUE : page.getLast().number() + 1;
            Head head = AuditTable.head(connection);
            return page.size() < PAGE || next == Long.MIN_VALUE ? walk.end(head.number(), head.hash()) : null;
        }
    }
}
