package org.zegel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zegel.fixtures.samples.Cast;
import org.zegel.fixtures.samples.Hostile;
import org.zegel.fixtures.samples.Mail;
import org.zegel.fixtures.samples.Sample;
import org.zegel.fixtures.samples.SampleFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages that are made to cost end in a verdict, or in message-malformed, within two seconds and 64 MB of heap. */
class HostileTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    /** Processor time of starting and opening a harmless message, on a machine that the limit is meant for. */
    private static final Duration HARMLESS = Duration.ofMillis(1500);

    private static final Duration GIVEN_UP = Duration.ofMinutes(5);
    /** Each in a JVM of its own; the rest share one. */
    private static final Set<String> ALONE = Set.of(
            "multiparts-in-one-another",
            "messages-in-one-another",
            "signed-data-in-one-another",
            "a-gigabyte-declared",
            "compression-bomb",
            "compression-bombs-in-one-another",
            "many-recipients",
            "many-recipients-that-fit",
            "many-fields",
            "a-large-field",
            "many-parts-within-the-limit",
            "many-duplicate-parameters",
            "subject-of-endless-encoded-words",
            "many-certificates-within-the-limit",
            "many-name-constraints",
            "issuers-with-slow-keys",
            "issuers-of-one-name",
            "a-key-of-65536-bits-and-as-long-an-exponent");

    @TempDir
    static Path folder;

    private static Duration harmless;
    /** How many times slower this machine is just now. */
    private static double slower;

    /** @param cost processor time, which other programs on the machine change least */
    private record Answered(List<String> lines, Duration cost) {}

    @BeforeAll
    static void measureTheMachine() throws Exception {
        Sample sample = Sample.of("harmless", "", () -> Mail.usual().bytes());
        SampleFiles.write(folder, List.of(sample));
        open(List.of("harmless.eml"));
        harmless = open(List.of("harmless.eml")).cost();
        slower = Math.max(1, (double) harmless.toNanos() / HARMLESS.toNanos());
    }

    private static Answered open(List<String> files) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("open", "--json", "--offline", "--at", Cast.NOW.toString()));
        arguments.addAll(List.of("--trust", "worlds/1/anchors.pem", "--extra", "worlds/1/extra.pem"));
        arguments.addAll(List.of("--identity", "worlds/1/identity-1.pem"));
        arguments.addAll(files);
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        Process process = new Program(folder)
                .with("-Xmx64m")
                .builder(arguments.toArray(String[]::new))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        process.getOutputStream().close();
        Duration cost = Duration.ZERO;
        while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
            cost = process.info().totalCpuDuration().orElse(cost);
            if (cost.compareTo(GIVEN_UP) > 0) {
                process.destroyForcibly().waitFor();
            }
        }
        assertThat(Files.readString(errors, StandardCharsets.UTF_8)).isEmpty();
        return new Answered(Files.readAllLines(output, StandardCharsets.UTF_8), cost);
    }

    static List<Hostile> alone() {
        return Hostile.all().stream()
                .filter(each -> ALONE.contains(each.name()))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alone")
    void endsInTimeInAJvmOfItsOwn(Hostile hostile) throws Exception {
        Files.write(folder.resolve("one.eml"), hostile.making().make());

        Answered answered = open(List.of("one.eml"));

        assertThat(answered.lines()).singleElement().satisfies(HostileTest::isAnswered);
        assertThat(answered.cost().minus(harmless)).isLessThan(limit(1));
    }

    @Test
    void allOthersAreAnsweredToo() throws Exception {
        List<String> files = new ArrayList<>();
        for (Hostile hostile : Hostile.all()) {
            if (!ALONE.contains(hostile.name())) {
                files.add(hostile.name() + ".eml");
                Files.write(folder.resolve(files.getLast()), hostile.making().make());
            }
        }

        Answered answered = open(files);

        assertThat(answered.lines()).hasSize(files.size()).allSatisfy(HostileTest::isAnswered);
        assertThat(answered.cost()).isLessThan(limit(files.size()));
    }

    private static Duration limit(int messages) {
        return Duration.ofNanos((long) (messages * LIMIT.toNanos() * slower));
    }

    private static void isAnswered(String line) {
        JsonNode answer = JsonMapper.builder().build().readTree(line);
        String said = answer.has("error")
                ? answer.at("/error/code").asString()
                : answer.get("seal").asString();
        assertThat(said).as(line).isIn("message-malformed", "valid", "warning", "broken", "none");
    }
}
