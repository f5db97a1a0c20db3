package org.zegel.app.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.audit.AuditArchive.Span;
import org.zegel.audit.AuditEntry;
import org.zegel.audit.AuditEvent;
import org.zegel.audit.AuditLog;
import org.zegel.database.Database;

class ArchiveFilesTest {
    @TempDir
    Path home;

    private ArchiveFiles files;
    private List<AuditEntry> entries;

    @BeforeEach
    void write() throws Exception {
        files = new ArchiveFiles(home.resolve("audit"));
        try (Database database = Database.open(home.resolve("zegel.db"), List.of(AuditLog.SCHEMA))) {
            AuditLog log = new AuditLog(database, Clock.systemUTC(), true);
            log.append(AuditEvent.of("local", "Näme \" \\ ,", "message.sign")
                    .withKey("id", "ab".repeat(32))
                    .withDigest("SHA-256", new byte[32])
                    .withDetail("a detail")
                    .withSubject("Grüße"));
            log.append(AuditEvent.of("local", null, "message.open").withOutcome("consent-denied"));
            entries = log.from(1);
        }
        files.write(new Span(1, 2), entries);
    }

    @Test
    void whatIsWrittenIsReadWhole() throws IOException {
        assertThat(read(new Span(1, 2))).isEqualTo(entries).allMatch(AuditEntry::isIntact);
        assertThat(files.spans()).containsExactly(new Span(1, 2));
        files.remove(new Span(1, 2));
        assertThat(files.spans()).isEmpty();
    }

    @Test
    void filesAreTheOwnersAlone() throws IOException {
        Path folder = home.resolve("audit");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("audit-1-2.jsonl.gz"))))
                .isEqualTo("rw-------");
        assertThat(Files.list(folder)).hasSize(1);
    }

    @Test
    void aFileThatIsLeftFromAWriteThatWasStoppedIsNoHindrance() throws IOException {
        Files.writeString(home.resolve("audit/audit-3-4.jsonl.gz.part"), "half");
        assertThat(files.spans()).containsExactly(new Span(1, 2));
        files.write(new Span(3, 4), entries);
        assertThat(files.spans()).containsExactly(new Span(1, 2), new Span(3, 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1]", "no json", "{\"number\":\"x\"}", "{\"number\":1,\"at\":\"never\"}"})
    void whatIsNoLineIsDamage(String line) throws IOException {
        replace(line + "\n");
        assertThatThrownBy(() -> read(new Span(1, 2))).isInstanceOf(IOException.class);
    }

    @Test
    void linesAreReadUpToTheLimit() throws IOException {
        String padding = " ".repeat(ArchiveFiles.MAX_LINE - 2);
        replace("{" + padding + "}\n");
        assertThatThrownBy(() -> read(new Span(1, 2))).hasMessageContaining("not a line");
        replace("{" + padding + " }\n");
        assertThatThrownBy(() -> read(new Span(1, 2))).hasMessageContaining("too long");
    }

    @Test
    void aFileThatIsCutOffIsDamage() throws IOException {
        Path file = home.resolve("audit/audit-1-2.jsonl.gz");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> read(new Span(1, 2))).isInstanceOf(IOException.class);
    }

    private void replace(String content) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(home.resolve("audit/audit-1-2.jsonl.gz")))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    private List<AuditEntry> read(Span span) throws IOException {
        List<AuditEntry> read = new ArrayList<>();
        files.read(span, read::add);
        return read;
    }
}
