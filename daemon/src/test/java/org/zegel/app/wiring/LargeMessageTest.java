package org.zegel.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the message: the whole way in a JVM whose heap is a third of it. */
@Tag("large")
class LargeMessageTest {
    private static final long SECONDS = 60;

    @Test
    void twoHundredMegabytesPassAHeapOf64(@TempDir Path home) throws IOException, InterruptedException {
        Path output = home.resolve("output");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeMessage.class.getName(),
                        home.resolve("home").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = child.waitFor(2 * SECONDS, TimeUnit.SECONDS);
        child.destroyForcibly();

        String printed = Files.readString(output);
        assertThat(ended).as(printed).isTrue();
        assertThat(printed).contains("done");
        assertThat(millis(printed)).as(printed).isLessThan(SECONDS * 1000);
    }

    private static long millis(String printed) {
        return printed.lines()
                .filter(line -> line.endsWith(" ms"))
                .mapToLong(line -> Long.parseLong(line.split(" ", -1)[1]))
                .sum();
    }
}
