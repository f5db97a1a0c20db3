package org.zegel.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    private static final int LIMIT_SECONDS = 60;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = LIMIT_SECONDS, unit = TimeUnit.SECONDS)
    void endsWellInTimeAndLeavesNothing() throws Exception {
        Process demo = start("demo").start();
        String said = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(demo.waitFor()).as(said).isZero();
        assertThat(said)
                .contains("Every verdict is what it should be", "local socket", "native messaging", "HTTP on 127.0.0.1")
                .contains("Réservation d'été")
                .doesNotContain("NOT");
        assertThat(said.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 100);
        assertThat(said.lines().filter(line -> line.startsWith("altered")))
                .singleElement()
                .asString()
                .contains("broken");
        assertThat(left()).isEmpty();
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    @Timeout(value = LIMIT_SECONDS, unit = TimeUnit.SECONDS)
    void cleansUpWhenItIsCutOff() throws Exception {
        Process demo = start("demo").start();
        assertThat(demo.inputReader(StandardCharsets.UTF_8).readLine()).startsWith("Zegel demo");
        // As Ctrl-C does; Process.destroy() would close the stream that the demo still writes to.
        demo.toHandle().destroy();
        demo.waitFor();

        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!left().isEmpty() && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        assertThat(left()).isEmpty();
    }

    @Test
    @Timeout(value = LIMIT_SECONDS, unit = TimeUnit.SECONDS)
    void itsDaemonCannotBePointedAtAHome() throws Exception {
        ProcessBuilder builder = start("demo-daemon");
        builder.environment().put("ZEGEL_HOME", folder.resolve("home").toString());
        Process daemon = builder.start();

        String line = daemon.inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(line)
                .contains("zegel-throwaway")
                .doesNotContain(folder.resolve("home").toString());
        assertThat(folder.resolve("home")).doesNotExist();
        daemon.getOutputStream().close();
        assertThat(daemon.waitFor()).isZero();
        assertThat(left()).isEmpty();
        Process refused = start("demo-daemon", "/some/home").start();
        refused.getOutputStream().close();
        assertThat(refused.waitFor()).isEqualTo(2);
    }

    private ProcessBuilder start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.zegel.app.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("ZEGEL_HOME", folder.resolve("home").toString());
        return builder;
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("zegel"))
                    .toList();
        }
    }
}
