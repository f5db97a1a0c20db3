package org.zegel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zegel.app.cli.Program.Run;
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
    /** What starting and opening a harmless message takes on a machine that the limit is meant for. */
    private static final Duration HARMLESS = Duration.ofMillis(900);
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

    /** How many times slower this machine is just now. */
    private static double slower;

    @BeforeAll
    static void measureTheMachine() throws Exception {
        Sample harmless = Sample.of("harmless", "", () -> Mail.usual().bytes());
        SampleFiles.write(folder, List.of(harmless));
        open(List.of("harmless.eml"));
        long start = System.nanoTime();
        open(List.of("harmless.eml"));
        slower = Math.max(1, (double) (System.nanoTime() - start) / HARMLESS.toNanos());
    }

    private static Run open(List<String> files) {
        List<String> arguments = new ArrayList<>(List.of("open", "--json", "--offline", "--at", Cast.NOW.toString()));
        arguments.addAll(List.of("--trust", "worlds/1/anchors.pem", "--extra", "worlds/1/extra.pem"));
        arguments.addAll(List.of("--identity", "worlds/1/identity-1.pem"));
        arguments.addAll(files);
        return new Program(folder).with("-Xmx64m").run(arguments.toArray(String[]::new));
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

        long start = System.nanoTime();
        Run run = open(List.of("one.eml"));
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(run.errors()).isEmpty();
        isAnswered(run.text());
        assertThat(took).isLessThan(Duration.ofNanos((long) (LIMIT.toNanos() * slower)));
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

        long start = System.nanoTime();
        Run run = open(files);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(run.errors()).isEmpty();
        assertThat(run.text().lines()).hasSize(files.size()).allSatisfy(HostileTest::isAnswered);
        assertThat(took).isLessThan(Duration.ofNanos((long) (files.size() * LIMIT.toNanos() * slower)));
    }

    private static void isAnswered(String line) {
        JsonNode answer = JsonMapper.builder().build().readTree(line);
        String said = answer.has("error")
                ? answer.at("/error/code").asString()
                : answer.get("seal").asString();
        assertThat(said).as(line).isIn("message-malformed", "valid", "warning", "broken", "none");
    }
}
