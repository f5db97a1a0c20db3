package org.zegel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.wiring.Tables;
import org.zegel.audit.AuditEntry;
import org.zegel.audit.AuditEvent;
import org.zegel.audit.AuditLog;
import org.zegel.database.Database;
import org.zegel.database.Sql;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditCommandTest {
    private static final Instant OLD = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    Path folder;

    private Program zegel;

    @BeforeEach
    void home() throws Exception {
        zegel = new Program(folder);
        zegel.run("version");
        Files.createDirectories(zegel.home());
    }

    @Test
    void showsAlignedLinesForPeopleAndWholeOnesForPrograms() throws Exception {
        write(OLD, 2);
        write(Clock.systemUTC().instant(), 1);

        List<String> lines = zegel.run("audit").text().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst())
                .contains("Some client", "message.sign", "done", "SHA-256 0000000000000000  - words");
        assertThat(lines.stream().map(line -> line.indexOf("message.sign")).distinct())
                .hasSize(1);

        JsonNode newest = JsonMapper.builder()
                .build()
                .readTree(zegel.run("audit", "--json", "--since", "1h").text());
        assertThat(newest.get("number").asInt()).isEqualTo(3);
        assertThat(newest.get("digest").asString()).isEqualTo("00".repeat(32));
        assertThat(zegel.run("audit", "--since", "2026-03-02", "--until", "2026-03-03T00:00:00+01:00")
                        .errors())
                .contains("nothing of that");
        Program.Run wrong = zegel.run("audit", "--since", "yesterday");
        assertThat(wrong.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(wrong.errors()).contains("--since takes");
    }

    @Test
    void aLogOfSeveralPagesIsShownWhole() throws Exception {
        write(OLD, 2 * AuditCommand.PAGE + 1);
        Program.Run run = zegel.run("audit", "--json", "--limit", "0");
        assertThat(run.text().lines()).hasSize(2 * AuditCommand.PAGE + 1);
        assertThat(zegel.run("audit", "--limit", "7").text().lines()).hasSize(7);
    }

    @Test
    void tellsALogThatWasChangedOrWrittenAnewFromAWholeOne() throws Exception {
        List<AuditEntry> entries = write(OLD, 5);
        Path copies = folder.resolve("journal");
        Files.writeString(
                copies,
                entries.stream()
                        .map(entry -> "Mar  1 host zegel-audit[1]: " + entry.toLine() + "\n")
                        .collect(Collectors.joining()));
        Program.Run whole = zegel.run("audit", "--verify", "--against", copies.toString());
        assertThat(whole.text()).startsWith("The log is whole: 5 lines");
        assertThat(whole.errors()).contains("agrees with 5 copies");
        assertThat(whole.status()).isEqualTo(ExitStatus.DONE);

        change("UPDATE audit SET outcome = 'done ' WHERE number = 4");
        Program.Run changed = zegel.run("audit", "--verify");
        assertThat(changed.status()).isEqualTo(ExitStatus.ANSWER_IS_NO);
        assertThat(changed.text()).contains("line 4 is not as it was written");

        change("DELETE FROM audit", "DELETE FROM audit_head");
        write(OLD.plusSeconds(1), 5);
        assertThat(zegel.run("audit", "--verify").status()).isEqualTo(ExitStatus.DONE);
        Program.Run anew = zegel.run("audit", "--verify", "--against", copies.toString());
        assertThat(anew.status()).isEqualTo(ExitStatus.ANSWER_IS_NO);
        assertThat(anew.errors()).contains("written anew or cut off: line 1 is not");

        String forged = "Mar  1 host zegel-audit[1]: "
                + write(OLD.plusSeconds(1), 0).getFirst().toLine() + "\n";
        Files.writeString(copies, forged, java.nio.file.StandardOpenOption.APPEND);
        assertThat(zegel.run("audit", "--verify", "--against", copies.toString())
                        .errors())
                .as("a copy that was added later hides nothing")
                .contains("line 1 is not");
        Files.writeString(copies, Files.readString(copies).replace(forged, ""));

        change("DELETE FROM audit", "DELETE FROM audit_head");
        write(OLD, 3);
        Program.Run rolledBack = zegel.run("audit", "--verify", "--against", copies.toString());
        assertThat(rolledBack.errors()).contains("line 4 is not the one in the copies");
    }

    private List<AuditEntry> write(Instant at, int lines) throws Exception {
        try (Database database = Database.open(zegel.home().resolve("zegel.db"), Tables.ALL)) {
            AuditLog log = new AuditLog(database, Clock.fixed(at, ZoneOffset.UTC));
            database.change(connection -> {
                for (int i = 0; i < lines; i++) {
                    log.append(AuditEvent.of("0123456789abcdef01234567", "Some client", "message.sign")
                            .withDigest("SHA-256", new byte[32])
                            .withDetail("words"));
                }
            });
            return log.from(1);
        }
    }

    private void change(String... statements) throws Exception {
        try (Database database = Database.open(zegel.home().resolve("zegel.db"), Tables.ALL)) {
            database.change(connection -> {
                for (String statement : statements) {
                    Sql.update(connection, statement);
                }
            });
        }
    }
}
