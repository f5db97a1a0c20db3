package org.zegel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.cli.Program.Run;
import org.zegel.fixtures.samples.Sample;
import org.zegel.fixtures.samples.SampleFiles;
import org.zegel.fixtures.samples.Samples;
import org.zegel.fixtures.samples.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code zegel open --json FILE...} with many files. The samples are good for many years, so the clock may be any. */
class SeveralMessagesTest {
    private static final int MANY = 1000;

    @TempDir
    static Path folder;

    private static List<Sample> samples;

    @BeforeAll
    static void write() throws Exception {
        samples = Samples.all().stream()
                .filter(sample -> sample.world().equals(World.USUAL))
                .toList();
        SampleFiles.write(folder, samples);
        Files.createDirectory(folder.resolve("a-folder"));
    }

    private static Run open(List<String> more, List<String> files) {
        List<String> arguments = new ArrayList<>(List.of("open", "--offline"));
        arguments.addAll(List.of("--trust", "worlds/1/anchors.pem", "--extra", "worlds/1/extra.pem"));
        arguments.addAll(List.of("--identity", "worlds/1/identity-1.pem"));
        arguments.addAll(more);
        arguments.addAll(files);
        return new Program(folder).with("-Xmx64m").run(arguments.toArray(String[]::new));
    }

    @Test
    void judgesAThousandInTheirOrderAndInASmallHeap() throws Exception {
        List<String> files = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            files.add(samples.get(i % samples.size()).name() + ".eml");
        }

        Run run = open(List.of("--json"), files);

        assertThat(run.errors()).isEmpty();
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        List<String> lines = run.text().lines().toList();
        assertThat(lines).hasSize(MANY);
        for (int i = 0; i < MANY; i++) {
            JsonNode line = JsonMapper.builder().build().readTree(lines.get(i));
            Sample sample = samples.get(i % samples.size());
            assertThat(line.get("file").asString()).isEqualTo(files.get(i));
            assertThat(line.get("seal").asString())
                    .as(sample.name())
                    .isEqualToIgnoringCase(sample.expected().seal().name());
            assertThat(line.get("lock").asString())
                    .as(sample.name())
                    .isEqualToIgnoringCase(sample.expected().lock().name());
        }
    }

    @Test
    void oneThatCannotBeReadDoesNotStopTheOthers() throws Exception {
        Files.write(folder.resolve("empty.eml"), new byte[0]);

        Run run = open(
                List.of("--json"),
                List.of("signed.eml", "missing.eml", "a-folder", "empty.eml", "signed-altered.eml", "signed.eml"));

        assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(run.text().lines().map(SeveralMessagesTest::summary))
                .containsExactly(
                        "signed.eml valid",
                        "missing.eml file-not-found",
                        "a-folder file-unreadable",
                        "empty.eml message-malformed",
                        "signed-altered.eml broken",
                        "signed.eml valid");
    }

    @Test
    void theWorstAnswerIsTheExitStatus() {
        Run run = open(List.of("--require-seal"), List.of("signed.eml", "plain.eml", "signed.eml"));

        assertThat(run.status()).isEqualTo(ExitStatus.ANSWER_IS_NO);
        assertThat(run.text().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("signed.eml: ") || line.startsWith("plain.eml: "));
    }

    private static String summary(String json) {
        JsonNode line = JsonMapper.builder().build().readTree(json);
        JsonNode said = line.has("error") ? line.at("/error/code") : line.get("seal");
        return line.get("file").asString() + " " + said.asString();
    }
}
