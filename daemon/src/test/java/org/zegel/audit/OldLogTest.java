package org.zegel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.database.Database;
import org.zegel.database.SchemaPart;
import org.zegel.database.Sql;
import org.zegel.model.Failure;

/** A log as the first version of Zegel wrote it: fewer columns, and a hash over fewer fields. */
class OldLogTest {
    private static final long AT = 1772359200123L;
    private static final String FIRST = "dae2a6a72bbce763206393f3203a2cf8d7d0a0fd29ba219c78ab19094b8760a8";
    private static final String SECOND = "f08c5388ea73233245915646cab93297020f9ddaaf90d9f910e81c6317e93bd6";

    @TempDir
    Path home;

    @BeforeEach
    void writeAsOfOld() throws Failure {
        SchemaPart old = new SchemaPart("audit", AuditLog.SCHEMA.steps().subList(0, 1));
        try (Database database = Database.open(home.resolve("zegel.db"), List.of(old))) {
            database.change(connection -> {
                String insert = "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
                String none = "0".repeat(64);
                String digest = "ab".repeat(32);
                Sql.update(connection, insert, 1, AT, "local", "message.sign", "id1", digest, "done", none, FIRST);
                String client = "0123456789abcdef01234567";
                Sql.update(
                        connection, insert, 2, AT, client, "message.open", null, null, "consent-denied", FIRST, SECOND);
                Sql.update(connection, "INSERT INTO audit_head VALUES (1, 2, ?)", SECOND);
            });
        }
    }

    @Test
    void goesOnAndStaysWhole() throws Failure {
        try (Database database = Database.open(home.resolve("zegel.db"), List.of(AuditLog.SCHEMA))) {
            AuditLog log = new AuditLog(database, Clock.systemUTC());
            assertThat(log.verify().whole()).isTrue();
            AuditEntry next = log.append(AuditEvent.of("local", "Command line", "message.sign"));
            assertThat(next.previous()).isEqualTo(SECOND);
            AuditLog.Check check = log.verify();
            assertThat(check.whole()).isTrue();
            assertThat(check.entries()).isEqualTo(3);
            assertThat(log.list(AuditQuery.newest(10)))
                    .extracting(AuditEntry::version)
                    .containsExactly(2, 1, 1);
        }
    }

    @Test
    void whatItsHashDoesNotCoverMayNotBeThere() throws Failure {
        try (Database database = Database.open(home.resolve("zegel.db"), List.of(AuditLog.SCHEMA))) {
            AuditLog log = new AuditLog(database, Clock.systemUTC());
            for (String column : List.of("client_name", "certificate", "digest_algorithm", "detail", "subject")) {
                database.change(
                        connection -> Sql.update(connection, "UPDATE audit SET " + column + " = 'x' WHERE number = 1"));
                assertThat(log.verify().firstBroken()).as(column).isEqualTo(1);
                database.change(connection ->
                        Sql.update(connection, "UPDATE audit SET " + column + " = NULL WHERE number = 1"));
            }
            assertThat(log.verify().whole()).isTrue();
        }
    }
}
