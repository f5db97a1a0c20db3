package org.zegel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.database.Database;
import org.zegel.database.SchemaPart;
import org.zegel.fixtures.MovableClock;
import org.zegel.model.Failure;

/** What is changed outside the database has a line, though its process be killed in the middle. */
class OpenChangesTest {
    private static final AuditEvent IMPORT =
            AuditEvent.of("local", "Test", "identity.import").withKey("id", "ab".repeat(32));

    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock();
    private Database database;
    private AuditLog log;

    @BeforeEach
    void open() throws Failure {
        database = Database.open(home.resolve("zegel.db"), List.of(AuditLog.SCHEMA));
        log = new AuditLog(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatEndedHasTheLineOfItsEndAndNoOther() throws Failure {
        long begun = log.begin(IMPORT);
        assertThat(log.from(1)).isEmpty();
        log.ended(List.of(begun), List.of(IMPORT));

        assertThat(log.endLeftOpen()).isZero();
        assertThat(log.from(1)).extracting(AuditEntry::event).containsExactly(IMPORT);
    }

    @Test
    void whatIsStillGoingOnIsLeftAlone() throws Failure {
        long begun = log.begin(IMPORT);
        assertThat(log.endLeftOpen()).isZero();
        log.ended(List.of(begun), List.of(IMPORT.withOutcome("store-unavailable")));
        assertThat(log.from(1)).extracting(line -> line.event().outcome()).containsExactly("store-unavailable");
    }

    @Test
    @Timeout(120)
    void whatAKilledProcessBeganIsWrittenOnceByTheNext() throws Exception {
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Beginner.class.getName(),
                        home.resolve("zegel.db").toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("beginner.log").toFile())
                .start();
        try {
            assertThat(killed.waitFor(100, TimeUnit.SECONDS)).isTrue();
        } finally {
            killed.destroyForcibly();
        }
        assertThat(log.from(1)).isEmpty();

        assertThat(log.endLeftOpen()).isEqualTo(1);
        assertThat(log.endLeftOpen()).isZero();
        assertThat(log.from(1)).singleElement().satisfies(line -> {
            assertThat(line.event()).isEqualTo(IMPORT.withOutcome("unknown").withDetail("begun " + clock.instant()));
            assertThat(log.verify().whole()).isTrue();
        });
    }

    @Test
    void aDatabaseOfOldIsBroughtUpToDate() throws Failure {
        Path old = home.resolve("old.db");
        SchemaPart before = new SchemaPart("audit", AuditLog.SCHEMA.steps().subList(0, 3));
        try (Database first = Database.open(old, List.of(before))) {
            new AuditLog(first, clock).append(IMPORT);
        }
        try (Database now = Database.open(old, List.of(AuditLog.SCHEMA))) {
            AuditLog grown = new AuditLog(now, clock);
            grown.ended(List.of(grown.begin(IMPORT)), List.of(IMPORT));
            assertThat(grown.verify().whole()).isTrue();
            assertThat(grown.verify().entries()).isEqualTo(2);
        }
    }

    /** Begins a change and is gone without a word. */
    static final class Beginner {
        public static void main(String[] arguments) throws Exception {
            Database database = Database.open(Path.of(arguments[0]), List.of(AuditLog.SCHEMA));
            new AuditLog(database, new MovableClock()).begin(IMPORT);
            Runtime.getRuntime().halt(9);
        }
    }
}
