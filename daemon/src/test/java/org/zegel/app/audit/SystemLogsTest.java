package org.zegel.app.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.audit.AuditEntry;
import org.zegel.audit.AuditEvent;
import org.zegel.audit.AuditLog;
import org.zegel.audit.Mirror;
import org.zegel.audit.Mirroring;
import org.zegel.database.Database;
import org.zegel.fixtures.Needs;
import org.zegel.model.Failure;

/** The mirrors against a real syslog daemon, and a reader of journald's protocol that was written from its description. */
@Timeout(60)
class SystemLogsTest {
    /** Prints each datagram's fields, as https://systemd.io/JOURNAL_NATIVE_PROTOCOL has them, one datagram a line. */
    private static final String JOURNAL = """
            import socket, struct, sys, json
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[1])
            print("ready", flush=True)
            while True:
                data = s.recv(65536)
                fields = {}
                while data:
                    line, data = data.split(b"\\n", 1)
                    if b"=" in line:
                        name, value = line.split(b"=", 1)
                    else:
                        name = line
                        length = struct.unpack("<Q", data[:8])[0]
                        value, data = data[8:8 + length], data[8 + length + 1:]
                    fields[name.decode()] = value.decode()
                print(json.dumps(fields, ensure_ascii=True, sort_keys=True), flush=True)
            """;

    @TempDir
    Path home;

    private Database database;
    private AuditLog log;
    private @Nullable Process daemon;

    @BeforeEach
    void open() throws Failure {
        database = Database.open(home.resolve("zegel.db"), List.of(AuditLog.SCHEMA));
        log = new AuditLog(database, Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC), true);
    }

    @AfterEach
    void close() throws InterruptedException {
        database.close();
        if (daemon != null) {
            daemon.destroy();
            daemon.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aRealSyslogGetsEachLineOnce() throws Exception {
        Path socket = home.resolve("log");
        startSyslog(socket);
        Mirror mirror = new Syslog(socket, ZoneOffset.UTC);
        AuditEntry last;
        try (Mirroring mirroring = Mirroring.start(database, log, mirror)) {
            for (int i = 0; i < 20; i++) {
                log.append(event("Client " + i));
            }
            last = log.append(event("Grüße \"quoted\""));
            await(() -> received().size() == 21);
        }
        List<String> lines = received();
        assertThat(lines.getFirst())
                .contains(" zegel-audit[" + ProcessHandle.current().pid() + "]: line 1 at ");
        assertThat(lines.getLast())
                .contains("line 21 at 2026-03-01T10:00:00Z client=local name=\"Grüße \\\"quoted\\\"\"")
                .endsWith("hash=" + last.hash());
        assertThat(lines).noneMatch(line -> line.contains("subject"));
    }

    @Test
    void linesThatNobodyTookAreSentWhenSomebodyListensAgain() throws Exception {
        Path socket = home.resolve("log");
        try (Mirroring nobody = Mirroring.start(database, log, new Syslog(socket, ZoneOffset.UTC))) {
            log.append(event("while nobody listens"));
        }
        startSyslog(socket);
        try (Mirroring somebody = Mirroring.start(database, log, new Syslog(socket, ZoneOffset.UTC))) {
            await(() -> received().size() == 1);
            log.append(event("while somebody listens"));
            await(() -> received().size() == 2);
        }
        assertThat(received().getFirst()).contains("while nobody listens");
    }

    @Test
    void theJournalGetsFieldsThatNobodyCanAddTo() throws Exception {
        Path socket = home.resolve("journal");
        String python = Needs.program("python3").toString();
        daemon = new ProcessBuilder(python, "-c", JOURNAL, socket.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader out = daemon.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("ready");

        AuditEntry plain = log.append(event("Plain"));
        new Journald(socket).send(plain);
        assertThat(out.readLine())
                .contains(
                        "\"MESSAGE\": \"line 1 at 2026-03-01T10:00:00Z client=local name=\\\"Plain\\\"",
                        "\"SYSLOG_IDENTIFIER\": \"zegel-audit\"",
                        "\"SYSLOG_FACILITY\": \"10\"",
                        "\"ZEGEL_LINE\": \"1\"",
                        "\"ZEGEL_OPERATION\": \"message.sign\"",
                        "\"ZEGEL_DIGEST\": \"" + "00".repeat(32) + "\"",
                        "\"ZEGEL_HASH\": \"" + plain.hash() + "\"");

        AuditEvent forged = new AuditEvent(
                "local\nZEGEL_OUTCOME=forged", null, "message.sign", null, null, null, null, "done", null, null);
        new Journald(socket).send(log.append(forged));
        assertThat(out.readLine())
                .contains("\"ZEGEL_CLIENT\": \"local\\nZEGEL_OUTCOME=forged\"", "\"ZEGEL_OUTCOME\": \"done\"")
                .contains("client=local?ZEGEL_OUTCOME=forged");
    }

    @Test
    void withNobodyThereSendingFailsAtOnce() throws Failure {
        AuditEntry entry = log.append(event("Client"));
        assertThatThrownBy(() -> new Journald(home.resolve("nothing")).send(entry))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new Journald(home.resolve("x".repeat(200))).send(entry))
                .isInstanceOf(IOException.class);
    }

    private static AuditEvent event(String name) {
        return AuditEvent.of("local", name, "message.sign")
                .withDigest("SHA-256", new byte[32])
                .withSubject("subject");
    }

    private void startSyslog(Path socket) throws Exception {
        Path configuration = home.resolve("rsyslog.conf");
        Files.writeString(configuration, """
                module(load="imuxsock" SysSock.Use="off")
                input(type="imuxsock" Socket="%s" CreatePath="off")
                $EscapeControlCharactersOnReceive off
                action(type="omfile" file="%s" template="RSYSLOG_FileFormat")
                """.formatted(socket, home.resolve("received")));
        daemon = new ProcessBuilder(
                        Needs.program("rsyslogd").toString(),
                        "-n",
                        "-f",
                        configuration.toString(),
                        "-i",
                        home.resolve("pid").toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("rsyslog.out").toFile())
                .start();
        await(() -> Files.exists(socket));
    }

    private List<String> received() {
        try {
            Path file = home.resolve("received");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s", received()).isLessThan(end);
            assertThat(Objects.requireNonNull(daemon).isAlive()).isTrue();
            Thread.sleep(20);
        }
    }
}
