package org.zegel.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real program in a JVM of its own, with a home and a person's home folder that belong to the test. */
final class Program {
    private static final int TIMEOUT_SECONDS = 120;

    private final Path folder;
    private final List<String> javaOptions = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    /** @param folder files may be named relative to it; {@code home} and {@code user} are made in it */
    Program(Path folder) {
        this.folder = folder;
    }

    /** What one run gave. */
    record Run(int status, byte[] output, String errors) {
        String text() {
            return new String(output, StandardCharsets.UTF_8);
        }
    }

    Program with(String javaOption) {
        javaOptions.add(javaOption);
        return this;
    }

    Program withEnvironment(Map<String, String> more) {
        environment.putAll(more);
        return this;
    }

    Path home() {
        return folder.resolve("home");
    }

    Path userHome() {
        return folder.resolve("user");
    }

    Run run(String... arguments) {
        return run(new byte[0], arguments);
    }

    Run run(byte[] input, String... arguments) {
        try {
            Path out = Files.createTempFile(folder, "stdout", ".tmp");
            Path err = Files.createTempFile(folder, "stderr", ".tmp");
            Path in = Files.write(Files.createTempFile(folder, "stdin", ".tmp"), input);
            Process process = builder(arguments)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("zegel " + String.join(" ", arguments) + " did not end");
            }
            return new Run(process.exitValue(), Files.readAllBytes(out), Files.readString(err, StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stop);
        }
    }

    ProcessBuilder builder(String... arguments) throws IOException {
        List<String> command = command();
        command.addAll(List.of(arguments));
        Files.createDirectories(userHome());
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("ZEGEL_HOME", home().toString());
        builder.environment().put("HOME", userHome().toString());
        builder.environment().remove("DISPLAY");
        builder.environment().putAll(environment);
        return builder;
    }

    /** The command without arguments. */
    List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.zegel.app.Main"));
        return command;
    }
}
