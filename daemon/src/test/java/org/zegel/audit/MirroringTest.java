package org.zegel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.database.Database;
import org.zegel.model.Failure;

@Timeout(60)
class MirroringTest {
    @TempDir
    Path home;

    private final List<Long> taken = new CopyOnWriteArrayList<>();
    private Database database;
    private AuditLog log;

    @BeforeEach
    void open() throws Failure {
        database = Database.open(home.resolve("zegel.db"), List.of(AuditLog.SCHEMA));
        log = new AuditLog(database, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void beginsWithTheNextLineAndGoesOnWhereItEnded() throws Exception {
        append(3);
        try (Mirroring mirroring = Mirroring.start(database, log, mirror(entry -> {}))) {
            append(2);
        }
        append(2);
        try (Mirroring mirroring = Mirroring.start(database, log, mirror(entry -> {}))) {
            await(() -> taken.size() == 4);
        }
        assertThat(taken).containsExactly(4L, 5L, 6L, 7L);
    }

    @Test
    void anEntryIsThereOnlyOnceItsTransactionIsOver() throws Exception {
        try (Mirroring mirroring = Mirroring.start(database, log, mirror(entry -> {}))) {
            try {
                database.change(connection -> {
                    log.append(event());
                    throw new Failure(Failure.Kind.INTERNAL, "undone");
                });
            } catch (Failure expected) {
                assertThat(expected).hasMessage("undone");
            }
            append(1);
            await(() -> !taken.isEmpty());
        }
        assertThat(taken).containsExactly(1L);
        assertThat(log.verify().entries()).isEqualTo(1);
    }

    @Test
    void aMirrorThatFailsLosesNothingAndIsTriedAgain() throws Exception {
        boolean[] failed = new boolean[1];
        try (Mirroring mirroring = Mirroring.start(database, log, mirror(entry -> {
            if (entry.number() == 3 && !failed[0]) {
                failed[0] = true;
                throw new IOException("not now");
            }
        }))) {
            append(5);
            await(() -> taken.size() == 5);
        }
        assertThat(taken).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void aMirrorThatHangsHoldsNobodyUp() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        Mirroring mirroring = Mirroring.start(database, log, mirror(entry -> {
            try {
                released.await();
            } catch (InterruptedException end) {
                throw new IOException(end);
            }
        }));
        append(50);
        assertThat(log.verify().entries()).isEqualTo(50);
        mirroring.close();
        assertThat(taken).isEmpty();
        released.countDown();
    }

    /** Says what it makes of an entry. */
    @FunctionalInterface
    private interface Taking {
        void take(AuditEntry entry) throws IOException;
    }

    private Mirror mirror(Taking taking) {
        return new Mirror() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public void send(AuditEntry entry) throws IOException {
                taking.take(entry);
                taken.add(entry.number());
            }
        };
    }

    private void append(int lines) throws Failure {
        for (int i = 0; i < lines; i++) {
            log.append(event());
        }
    }

    private static AuditEvent event() {
        return AuditEvent.of("local", null, "message.sign");
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(5);
        }
    }
}
