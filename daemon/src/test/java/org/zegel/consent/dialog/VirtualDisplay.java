package org.zegel.consent.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.zegel.fixtures.Needs;

/** A display of its own, and JVMs that show windows on it: this one may have none. */
public final class VirtualDisplay implements AutoCloseable {
    private static final int SECONDS = 120;

    private final Process server;
    private final String name;

    private VirtualDisplay(Process server, String name) {
        this.server = server;
        this.name = name;
    }

    /** {@code screen}: width, height and depth, such as 1024x768x24. */
    public static VirtualDisplay start(Path folder, String screen) throws IOException, InterruptedException {
        Path number = folder.resolve("display");
        Process server = new ProcessBuilder(
                        Needs.program("sh").toString(),
                        "-c",
                        "exec \"$1\" -noreset -displayfd 3 -screen 0 \"$3\" -nolisten tcp 3>\"$2\"",
                        "sh",
                        Needs.program("Xvfb").toString(),
                        number.toString(),
                        screen)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("xvfb.log").toFile())
                .start();
        return new VirtualDisplay(server, ":" + awaitNumber(number));
    }

    /** As {@code DISPLAY} has it. */
    public String name() {
        return name;
    }

    /** Starts a main class, whose streams are the caller's. */
    public Process begin(Class<?> main) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("DISPLAY", name);
        return builder.start();
    }

    /** Runs a main class to its end; what it said. */
    String run(Class<?> main, List<String> options, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=Europe/Amsterdam",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DISPLAY", name);
        Process run = builder.start();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).as(said).isZero();
        return said;
    }

    @Override
    public void close() throws InterruptedException {
        server.destroy();
        server.waitFor(10, TimeUnit.SECONDS);
    }

    private static String awaitNumber(Path file) throws IOException, InterruptedException {
        for (int i = 0; i < 1500; i++) {
            String text = Files.exists(file) ? Files.readString(file).strip() : "";
            if (!text.isEmpty()) {
                return text;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("Xvfb did not start");
    }
}
