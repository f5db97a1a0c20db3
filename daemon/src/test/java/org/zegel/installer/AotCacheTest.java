package org.zegel.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JVM's cache that the launcher makes is used, and one that does not fit is passed over without a word. */
@EnabledOnOs(OS.LINUX)
class AotCacheTest {
    private static final Path ROOT = Path.of(System.getProperty("zegel.root", ".."));
    private static final Path RUN =
            ROOT.resolve("daemon/target/run").toAbsolutePath().normalize();
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-Xlog:aot*=off:stderr",
            "--enable-native-access=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED");

    @TempDir
    static Path folder;

    private static Path jdk;

    @BeforeAll
    static void build() throws Exception {
        Outcome built = run(Map.of(), ROOT.resolve("zegel").toString(), "--print-jdk");
        assertThat(built.status()).as(built.errors()).isZero();
        jdk = Path.of(built.output().strip());
    }

    @Test
    void theLauncherMakesAndUsesOne() throws Exception {
        assertThat(RUN.resolve("zegel.aot")).isNotEmptyFile();
        Path loaded = folder.resolve("classes.txt");
        Outcome version = run(
                Map.of("ZEGEL_JAVA_OPTIONS", "-XX:AOTMode=on -Xlog:class+load:file=" + loaded),
                ROOT.resolve("zegel").toString(),
                "version");
        assertThat(version.status()).as(version.errors()).isZero();
        assertThat(Files.readAllLines(loaded))
                .anyMatch(line -> line.contains("org.zegel.app.Main source: shared objects file"));
    }

    /** Bouncy Castle's jars are signed by their maker, and a JVM keeps no class of a signed jar. */
    @Test
    void bouncyCastleIsInIt() throws Exception {
        Path message = Files.writeString(folder.resolve("a.eml"), "From: a@example.org\r\n\r\nhello\r\n");
        Path key = folder.resolve("nobody.pem");
        Files.writeString(key, "nothing");
        Path loaded = folder.resolve("more-classes.txt");
        run(
                Map.of("ZEGEL_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded),
                ROOT.resolve("zegel").toString(),
                "sign",
                "--identity",
                key.toString(),
                message.toString());
        assertThat(Files.readAllLines(loaded))
                .anyMatch(line -> line.contains("org.bouncycastle.") && line.contains("shared objects file"))
                .noneMatch(line -> line.contains("org.bouncycastle.") && line.contains("source: file:"));
    }

    static Stream<Path> unfit() throws Exception {
        byte[] good = Files.readAllBytes(RUN.resolve("zegel.aot"));
        byte[] noise = new byte[100_000];
        new Random(5).nextBytes(noise);
        byte[] damaged = Arrays.copyOf(good, good.length);
        Arrays.fill(damaged, 0, 64, (byte) 0x55);
        return Stream.of(
                folder.resolve("missing.aot"),
                Files.write(folder.resolve("empty.aot"), new byte[0]),
                Files.write(folder.resolve("noise.aot"), noise),
                Files.write(folder.resolve("cut-off.aot"), Arrays.copyOf(good, good.length / 2)),
                Files.write(folder.resolve("damaged.aot"), damaged),
                Files.createDirectories(folder.resolve("folder.aot")));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void oneThatDoesNotFitIsPassedOver(Path cache) throws Exception {
        assertThat(start(List.of("-XX:AOTCache=" + cache))).isEqualTo(start(List.of()));
    }

    @Test
    void anotherCollectorPassesItOver() throws Exception {
        assertThat(start(List.of("-XX:AOTCache=" + RUN.resolve("zegel.aot"), "-XX:-UseSerialGC", "-XX:+UseParallelGC")))
                .isEqualTo(start(List.of()));
    }

    private static Outcome start(List<String> more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(jdk.resolve("bin/java").toString());
        command.addAll(OPTIONS);
        command.addAll(more);
        command.addAll(List.of("-cp", RUN.resolve("zegel.jar").toString(), "org.zegel.app.Main", "version"));
        Outcome outcome = run(Map.of(), command.toArray(String[]::new));
        assertThat(outcome.status()).as(outcome.errors()).isZero();
        return outcome;
    }

    private static Outcome run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path errors = Files.createTempFile(folder, "stderr", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("ZEGEL_HOME", folder.resolve("home").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("does not end: " + String.join(" ", command));
        }
        return new Outcome(process.exitValue(), output, Files.readString(errors));
    }

    private record Outcome(int status, String output, String errors) {}
}
