package org.zegel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.audit.AuditArchive.Span;
import org.zegel.database.Database;
import org.zegel.database.Sql;
import org.zegel.model.Failure;

class AuditRotationTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    Path home;

    private final MemoryArchive archive = new MemoryArchive();
    private Database database;
    private AuditLog log;

    @BeforeEach
    void open() throws Failure {
        database = Database.open(home.resolve("zegel.db"), List.of(AuditLog.SCHEMA));
        log = new AuditLog(database, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void leavesALogThatIsNotTooLong() throws Failure {
        write(20, NOW);
        assertThat(rotate(Duration.ZERO, 20, true)).isZero();
        write(1, NOW);
        assertThat(rotate(Duration.ZERO, 20, true)).isEqualTo(3);
    }

    @Test
    void whatIsTakenOutIsInTheArchiveAndTheChainIsWhole() throws Failure {
        write(30, NOW);
        assertThat(rotate(Duration.ZERO, 20, true)).isEqualTo(12);

        AuditEntry line = log.list(AuditQuery.newest(1)).getFirst();
        assertThat(line.event().operation()).isEqualTo("audit.rotate");
        assertThat(line.event().detail()).isEqualTo("lines 1 to 12, kept in audit-1-12.jsonl.gz");
        assertThat(archive.spans()).containsExactly(new Span(1, 12));
        AuditLog.Check check = log.verify(archive);
        assertThat(check.whole()).isTrue();
        assertThat(check.entries()).isEqualTo(31);
        assertThat(check.absent()).isZero();
    }

    @Test
    void withoutTheArchiveTheRestIsWholeAndSaysWhatIsNotThere() throws Failure {
        write(30, NOW);
        rotate(Duration.ZERO, 20, false);
        write(20, NOW);
        rotate(Duration.ZERO, 20, false);

        assertThat(archive.spans()).isEmpty();
        AuditLog.Check check = log.verify(archive);
        assertThat(check.whole()).isTrue();
        assertThat(check.absent()).isEqualTo(33);
        assertThat(check.newest()).isEqualTo(52);
    }

    @Test
    void archivesThatWereTakenAwayLeaveTheRestWhole() throws Failure {
        for (int i = 0; i < 4; i++) {
            write(30, NOW);
            rotate(Duration.ZERO, 20, true);
        }
        assertThat(archive.spans()).hasSize(4);
        assertThat(log.verify(archive).whole()).isTrue();
        archive.files.remove(archive.spans().get(1).first());
        archive.files.remove(1L);
        assertThat(log.verify(archive).whole()).isTrue();
        assertThat(log.verify(archive).absent()).isPositive();
    }

    @Test
    void whoeverCutsTheLogHimselfIsFound() throws Failure {
        write(30, NOW);
        change("DELETE FROM audit WHERE number <= 12");
        assertThat(log.verify().firstBroken()).isEqualTo(1);
    }

    @Test
    void whoeverCutsMoreThanTheRotationSaysIsFound() throws Failure {
        write(30, NOW);
        rotate(Duration.ZERO, 20, false);
        change("DELETE FROM audit WHERE number <= 15");
        assertThat(log.verify().whole()).isFalse();
    }

    @Test
    void aChangedArchiveIsFound() throws Failure {
        write(30, NOW);
        rotate(Duration.ZERO, 20, true);
        List<AuditEntry> file = archive.files.get(1L);
        AuditEntry third = file.get(2);
        file.set(
                2,
                new AuditEntry(
                        third.number(),
                        third.at(),
                        third.version(),
                        third.event().withOutcome("consent-denied"),
                        third.previous(),
                        third.hash()));
        assertThat(log.verify(archive).firstBroken()).isEqualTo(3);
        file.remove(2);
        assertThat(log.verify(archive).firstBroken()).isEqualTo(3);
    }

    @Test
    void whatWasTamperedWithIsNotTidiedAway() throws Failure {
        write(30, NOW);
        change("UPDATE audit SET outcome = 'cancelled' WHERE number = 3");
        assertThat(rotate(Duration.ZERO, 20, true)).isZero();
        assertThat(log.verify(archive).firstBroken()).isEqualTo(3);
    }

    @Test
    void linesStayWhenTheArchiveTakesNothing() throws Failure {
        write(30, NOW);
        archive.full = true;
        assertThatThrownBy(() -> rotate(Duration.ZERO, 20, true)).isInstanceOf(Failure.class);
        assertThat(log.verify(archive).entries()).isEqualTo(30);
        archive.full = false;
        assertThat(rotate(Duration.ZERO, 20, true)).isEqualTo(12);
    }

    @Test
    void aFileOfWhoWasStoppedHalfwayIsWrittenAgain() throws Exception {
        write(30, NOW);
        archive.write(new Span(1, 5), log.from(1).subList(0, 5));
        assertThat(log.verify(archive).entries())
                .as("these lines are still in the log")
                .isEqualTo(30);
        rotate(Duration.ZERO, 20, true);
        assertThat(archive.spans()).containsExactly(new Span(1, 12));
        assertThat(log.verify(archive).whole()).isTrue();
    }

    @Test
    void oldLinesGoOnceADay() throws Failure {
        write(5, NOW.minus(Duration.ofDays(31)));
        write(5, NOW.minus(Duration.ofDays(29)));
        assertThat(rotate(Duration.ofDays(31), 1000, true)).isZero();
        assertThat(rotate(Duration.ofDays(30), 1000, true)).as("within a day").isZero();
        log = new AuditLog(database, Clock.fixed(NOW.plusSeconds(1), ZoneOffset.UTC));
        assertThat(new AuditRotation(
                                database,
                                log,
                                Clock.fixed(NOW.plusSeconds(1), ZoneOffset.UTC),
                                new AuditRotation.Rules(Duration.ofDays(30), 1000, true),
                                archive)
                        .rotate())
                .isEqualTo(5);
        assertThat(log.verify(archive).whole()).isTrue();
    }

    @Test
    void manyLinesGoInSeveralFiles() throws Failure {
        database.change(connection -> write(2 * AuditRotation.BATCH + 10, NOW));
        assertThat(rotate(Duration.ZERO, 1000, true)).isEqualTo(2 * AuditRotation.BATCH + 10 - 900);
        assertThat(archive.spans()).hasSize(2);
        assertThat(log.verify(archive).whole()).isTrue();
    }

    private long rotate(Duration keep, long most, boolean archived) throws Failure {
        AuditRotation.Rules rules = new AuditRotation.Rules(keep, most, archived);
        return new AuditRotation(database, log, Clock.fixed(NOW, ZoneOffset.UTC), rules, archive).rotate();
    }

    private void write(int lines, Instant at) throws Failure {
        AuditLog then = new AuditLog(database, Clock.fixed(at, ZoneOffset.UTC));
        for (int i = 0; i < lines; i++) {
            then.append(AuditEvent.of("client", "Client", "message.sign"));
        }
    }

    private void change(String statement) throws Failure {
        database.change(connection -> Sql.update(connection, statement));
    }
}
