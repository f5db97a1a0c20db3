package org.zegel.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.database.Database;
import org.zegel.database.Sql;
import org.zegel.model.Failure;

/**
 * Sends each line to a mirror, in order, from the database itself: nothing waits for the mirror, and a line that it does
 * not take is sent later, by the next process if need be. After a crash a line may be sent twice; its number tells.
 */
public final class Mirroring implements AutoCloseable {
    /** How long {@link #close} waits for the last lines to be taken. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Mirroring.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Database database;
    private final AuditLog log;
    private final Mirror mirror;
    private final Semaphore more = new Semaphore(0);
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean failing;

    private Mirroring(Database database, AuditLog log, Mirror mirror) {
        this.database = database;
        this.log = log;
        this.mirror = mirror;
        this.thread = Thread.ofPlatform().daemon().name("audit-mirror").unstarted(this::run);
    }

    /** Begins where it ended last time; the first time with the next line. */
    public static Mirroring start(Database database, AuditLog log, Mirror mirror) throws Failure {
        Mirroring mirroring = new Mirroring(database, log, mirror);
        database.change(connection -> Sql.update(
                connection,
                "INSERT OR IGNORE INTO audit_mirror VALUES (?, ?)",
                mirror.name(),
                AuditTable.head(connection).number()));
        log.onAppended(mirroring.more::release);
        mirroring.more.release();
        mirroring.thread.start();
        return mirroring;
    }

    /** Sends what is left, within a second, and ends. */
    @Override
    public void close() {
        ended.countDown();
        more.release();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        boolean last = false;
        try {
            while (!last) {
                last = ended.getCount() == 0;
                boolean done = sendAll();
                if (done && !last) {
                    pause = FIRST_PAUSE;
                    more.acquire();
                    more.drainPermits();
                } else if (!done) {
                    ended.await(pause.toMillis(), TimeUnit.MILLISECONDS);
                    pause = longer(pause);
                }
            }
        } catch (InterruptedException end) {
            LOG.debug("the audit log's mirror ends; what it did not take is sent by the next process");
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /** Whether all was taken. */
    private boolean sendAll() {
        try {
            long sent = sent();
            List<AuditEntry> page = log.from(sent + 1);
            while (!page.isEmpty()) {
                send(page);
                page = log.from(page.getLast().number() + 1);
            }
            if (failing) {
                LOG.info("the audit log's mirror {} takes lines again", mirror.name());
            }
            failing = false;
            return true;
        } catch (IOException | Failure problem) {
            if (!failing) {
                LOG.warn("the audit log's mirror {} takes no lines; they are sent later", mirror.name(), problem);
            }
            failing = true;
            return false;
        }
    }

    private void send(List<AuditEntry> page) throws IOException, Failure {
        long last = page.getFirst().number() - 1;
        try {
            for (AuditEntry entry : page) {
                mirror.send(entry);
                last = entry.number();
            }
        } finally {
            long taken = last;
            database.change(connection ->
                    Sql.update(connection, "UPDATE audit_mirror SET sent = ? WHERE name = ?", taken, mirror.name()));
        }
    }

    private long sent() throws Failure {
        return database.read(connection -> Sql.first(
                        connection,
                        "SELECT sent FROM audit_mirror WHERE name = ?",
                        row -> row.getLong(1),
                        mirror.name())
                .orElse(0L));
    }
}
