package org.zegel.consent.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.Needs;

/** Runs {@link SwingScenarios} in a JVM of its own under a virtual display, as this one may have none. */
@Timeout(120)
class SwingPrompterTest {
    @TempDir
    Path folder;

    @Test
    void theWindowsBehave() throws Exception {
        Path display = folder.resolve("display");
        Process server = new ProcessBuilder(
                        Needs.program("sh").toString(),
                        "-c",
                        "exec \"$1\" -displayfd 3 -screen 0 1024x768x24 -nolisten tcp 3>\"$2\"",
                        "sh",
                        Needs.program("Xvfb").toString(),
                        display.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("xvfb.log").toFile())
                .start();
        try {
            ProcessBuilder scenarios = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SwingScenarios.class.getName())
                    .redirectErrorStream(true);
            scenarios.environment().put("DISPLAY", ":" + awaitNumber(display));
            Process run = scenarios.start();
            String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(run.exitValue()).as(said).isZero();
            assertThat(said).contains("6 scenarios passed");
        } finally {
            server.destroy();
            server.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static String awaitNumber(Path file) throws Exception {
        for (int i = 0; i < 1000; i++) {
            String text = Files.exists(file) ? Files.readString(file).strip() : "";
            if (!text.isEmpty()) {
                return text;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("Xvfb did not start");
    }
}
