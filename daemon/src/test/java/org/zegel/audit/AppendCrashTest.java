package org.zegel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.database.Database;

/** A process that is killed while it writes: each line is whole or absent, and what it was told is written is there. */
class AppendCrashTest {
    private static final int KILLS = 3;
    private static final int LINES_BEFORE = 40;

    @TempDir
    Path home;

    @Test
    @Timeout(120)
    void aKilledWriterLeavesWholeLinesAlone() throws Exception {
        long acknowledged = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            acknowledged = Math.max(acknowledged, writeAndKill(LINES_BEFORE + kill));
            try (Database database = Database.open(home.resolve("zegel.db"), List.of(AuditLog.SCHEMA))) {
                AuditLog log = new AuditLog(database, Clock.systemUTC());
                AuditLog.Check check = log.verify();
                assertThat(check.whole()).isTrue();
                assertThat(check.newest()).isBetween(acknowledged, acknowledged + 1_000_000);
                assertThat(log.append(AuditEvent.of("local", null, "message.sign"))
                                .number())
                        .isEqualTo(check.newest() + 1);
            }
        }
    }

    /** The number of the last line that the process knew to be written. */
    private long writeAndKill(int lines) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        home.resolve("zegel.db").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long last = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.US_ASCII))) {
            for (int i = 0; i < lines; i++) {
                last = Long.parseLong(out.readLine());
            }
        } finally {
            writer.destroyForcibly();
            assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        return last;
    }

    /** Writes lines until it is killed, and says the number of each. */
    static final class Writer {
        public static void main(String[] arguments) throws Exception {
            Database database = Database.open(Path.of(arguments[0]), List.of(AuditLog.SCHEMA));
            AuditLog log = new AuditLog(database, Clock.systemUTC());
            while (true) {
                System.out.println(
                        log.append(AuditEvent.of("local", null, "message.sign")).number());
            }
        }
    }
}
