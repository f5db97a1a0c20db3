package org.zegel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.database.Database;
import org.zegel.database.Sql;
import org.zegel.model.Failure;

class AuditLogTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");

    @TempDir
    Path home;

    private Database database;
    private AuditLog log;

    @BeforeEach
    void writeFive() throws Failure {
        database = Database.open(home.resolve("zegel.db"), List.of(AuditLog.SCHEMA));
        log = new AuditLog(database, Clock.fixed(NOW, ZoneOffset.UTC));
        for (int i = 1; i <= 5; i++) {
            log.append(event("client" + i).withKey("id" + i, "cd".repeat(32)).withDigest("SHA-256", new byte[32]));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anUntouchedLogIsWhole() throws Failure {
        assertThat(log.verify()).satisfies(whole(5));
        List<AuditEntry> listed = log.list(AuditQuery.newest(2));
        assertThat(listed).extracting(AuditEntry::number).containsExactly(5L, 4L);
        assertThat(listed.getFirst().previous()).isEqualTo(listed.getLast().hash());
        assertThat(listed.getFirst().at()).isEqualTo("2026-03-01T10:00:00.123Z");
    }

    @Test
    void anEmptyLogIsWhole() throws Failure {
        try (Database empty = Database.open(home.resolve("empty.db"), List.of(AuditLog.SCHEMA))) {
            assertThat(new AuditLog(empty, Clock.systemUTC()).verify()).satisfies(whole(0));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at = at + 1",
                "client = 'other'",
                "operation = 'message.open'",
                "identity = NULL",
                "version = 1",
                "version = 3",
                "client_name = NULL",
                "client_name = 'Another'",
                "certificate = NULL",
                "digest_algorithm = 'SHA-512'",
                "detail = ''",
                "subject = 'Hello'",
                "digest = ''",
                "outcome = 'cancelled'",
                "previous = hash",
                "hash = previous",
                "client = 'clien', operation = 't3message.sign'"
            })
    void findsAnAlteredEntry(String change) throws Failure {
        tamper("UPDATE audit SET " + change + " WHERE number = 3");
        assertThat(log.verify()).satisfies(broken(5, 3L));
    }

    @ParameterizedTest
    @ValueSource(ints = {AuditLog.PAGE - 1, AuditLog.PAGE, AuditLog.PAGE + 1, 2 * AuditLog.PAGE})
    void readsPageByPage(int entries) throws Failure {
        fill(entries);
        assertThat(log.verify()).satisfies(whole(entries));
        tamper("UPDATE audit SET outcome = 'cancelled' WHERE number = " + (entries - 1));
        assertThat(log.verify()).satisfies(broken(entries, entries - 1L));
    }

    @Test
    void findsWhatWasCutOffAtAPagesEnd() throws Failure {
        fill(AuditLog.PAGE + 10);
        tamper("DELETE FROM audit WHERE number > " + AuditLog.PAGE);
        assertThat(log.verify()).satisfies(broken(AuditLog.PAGE, (long) AuditLog.PAGE + 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, 0, Long.MAX_VALUE})
    void findsAnEntryWithAnOddNumber(long number) throws Failure {
        tamper("UPDATE audit SET number = " + number + " WHERE number = 5");
        assertThat(log.verify().whole()).isFalse();
    }

    @Test
    void staysWholeWhileOthersAppend() throws Exception {
        fill(5 * AuditLog.PAGE);
        CompletableFuture<Void> appending = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 50; i++) {
                try {
                    log.append(event("other"));
                } catch (Failure failure) {
                    throw new IllegalStateException(failure);
                }
            }
        });
        while (!appending.isDone()) {
            assertThat(log.verify().whole()).isTrue();
        }
        appending.join();
        assertThat(log.verify()).satisfies(whole(5 * AuditLog.PAGE + 50));
    }

    /** Up to so many entries, in one transaction. */
    private void fill(int entries) throws Failure {
        database.change(connection -> {
            for (int i = 6; i <= entries; i++) {
                log.append(event("client"));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,3", "5,5"})
    void findsADeletedEntry(long deleted, long firstBroken) throws Failure {
        tamper("DELETE FROM audit WHERE number = " + deleted);
        assertThat(log.verify()).satisfies(broken(4, firstBroken));
    }

    @Test
    void findsADeletedEntryWhoseGapWasClosed() throws Failure {
        tamper("DELETE FROM audit WHERE number = 2; UPDATE audit SET number = number - 1 WHERE number > 2");
        assertThat(log.verify()).satisfies(broken(4, 2L));
    }

    @Test
    void findsReorderedEntries() throws Failure {
        tamper("UPDATE audit SET number = 99 WHERE number = 2; UPDATE audit SET number = 2 WHERE number = 3;"
                + " UPDATE audit SET number = 3 WHERE number = 99");
        assertThat(log.verify()).satisfies(broken(5, 2L));
    }

    @Test
    void findsThatAllWasDeleted() throws Failure {
        tamper("DELETE FROM audit");
        assertThat(log.verify()).satisfies(broken(0, 1L));
    }

    @Test
    void entriesMayHaveNoIdentityAndNoDigest() throws Failure {
        log.append(event("local").withOutcome("consent-denied"));
        assertThat(log.verify()).satisfies(whole(6));
        assertThat(log.list(AuditQuery.newest(1)).getFirst().event().identity()).isNull();
    }

    @Test
    void subjectsAreKeptWhereThatIsWantedAlone() throws Failure {
        AuditEvent event = event("local").withSubject("Lunch\u202e");
        assertThat(log.append(event).event().subject()).isNull();
        AuditLog keeping = new AuditLog(database, Clock.fixed(NOW, ZoneOffset.UTC), true);
        assertThat(keeping.append(event).event().subject()).isEqualTo("Lunch\ufffd");
        assertThat(keeping.append(event).toLine()).doesNotContain("Lunch");
        assertThat(log.verify()).satisfies(whole(8));
    }

    @Test
    void wordsAreCutToTheirLimit() throws Failure {
        AuditEvent event = event("local").withDetail("x".repeat(AuditEvent.MAX_TEXT));
        assertThat(log.append(event).event().detail()).hasSize(AuditEvent.MAX_TEXT);
        assertThat(log.append(event.withDetail("x".repeat(AuditEvent.MAX_TEXT + 1)))
                        .event()
                        .detail())
                .hasSize(AuditEvent.MAX_TEXT + 1)
                .endsWith("…");
    }

    @Test
    void aChangeAndItsLineAreWrittenTogetherOrNotAtAll() throws Failure {
        assertThatThrownBy(() -> log.recorded(event("local"), () -> {
                    throw new Failure(Failure.Kind.BUSY, "no");
                }))
                .isInstanceOf(Failure.class);
        assertThat(log.verify()).satisfies(whole(5));
        assertThat(log.recorded(event("local"), () -> "done")).isEqualTo("done");
        assertThat(log.verify()).satisfies(whole(6));
    }

    private static AuditEvent event(String client) {
        return AuditEvent.of(client, "Name of " + client, "message.sign");
    }

    private static Consumer<AuditLog.Check> whole(long entries) {
        return check -> {
            assertThat(check.whole()).isTrue();
            assertThat(check.entries()).isEqualTo(entries);
            assertThat(check.newest()).isEqualTo(entries);
            assertThat(check.firstBroken()).isNull();
        };
    }

    private static Consumer<AuditLog.Check> broken(long entries, long first) {
        return check -> {
            assertThat(check.whole()).isFalse();
            assertThat(check.entries()).isEqualTo(entries);
            assertThat(check.firstBroken()).isEqualTo(first);
        };
    }

    private void tamper(String script) throws Failure {
        database.change(connection -> {
            for (String statement : script.split(";")) {
                Sql.update(connection, statement);
            }
        });
    }
}
