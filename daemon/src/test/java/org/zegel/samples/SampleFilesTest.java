package org.zegel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.samples.Sample;
import org.zegel.fixtures.samples.SampleFiles;
import org.zegel.fixtures.samples.Samples;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The samples as files, for the tests of other programs. */
class SampleFilesTest {
    @TempDir
    Path folder;

    @Test
    void everySampleHasItsMessageItsVerdictAndWhatToOpenItWith() throws Exception {
        SampleFiles.write(folder, Samples.all());

        for (Sample sample : Samples.all()) {
            JsonNode json =
                    JsonMapper.builder().build().readTree(Files.readString(folder.resolve(sample.name() + ".json")));
            assertThat(folder.resolve(json.get("message").asString())).isNotEmptyFile();
            assertThat(json.at("/expected/seal").asString())
                    .isEqualToIgnoringCase(sample.expected().seal().name());
            assertThat(json.at("/expected/findings").size())
                    .isEqualTo(sample.expected().findings().size());
            JsonNode with = json.get("openWith");
            assertThat(folder.resolve(with.get("trust").asString())).exists();
            assertThat(folder.resolve(with.get("extra").asString())).exists();
            with.get("identities")
                    .forEach(key -> assertThat(folder.resolve(key.asString())).isNotEmptyFile());
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2 * Samples.all().size() + 1);
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "zegel.samples",
            matches = ".+",
            disabledReason = "writes the samples to the folder of -Dzegel.samples")
    void writesThemWhereAsked() throws Exception {
        SampleFiles.write(Path.of(System.getProperty("zegel.samples")), Samples.all());
    }
}
