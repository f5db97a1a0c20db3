package org.zegel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zegel.fixtures.samples.Expected;
import org.zegel.fixtures.samples.Sample;
import org.zegel.fixtures.samples.Samples;
import org.zegel.model.Finding;
import org.zegel.model.Finding.Weight;
import org.zegel.samples.SampleHouse.Opened;

/** Every sample gets the verdict it states, and every finding has a sample. */
class SamplesTest {
    @TempDir
    static Path folder;

    private static SampleHouse house;

    @BeforeAll
    static void build() {
        house = new SampleHouse(folder);
    }

    @AfterAll
    static void leave() throws Exception {
        house.close();
    }

    static List<Sample> samples() {
        return Samples.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void isJudgedAsItStates(Sample sample) throws Exception {
        Opened opened = house.open(sample.making().make(), sample.world());

        SoftAssertions all = new SoftAssertions();
        Expected expected = sample.expected();
        all.assertThat(opened.verdict().seal()).as("seal").isEqualTo(expected.seal());
        all.assertThat(opened.verdict().lock()).as("lock").isEqualTo(expected.lock());
        all.assertThat(opened.clear() == null ? Expected.Content.WITHHELD : Expected.Content.SHOWN)
                .as("content")
                .isEqualTo(expected.content());
        all.assertThat(opened.findings()).as("findings").containsAll(expected.findings());
        Set<Finding> undeclared = EnumSet.copyOf(opened.findings());
        undeclared.removeAll(expected.findings());
        undeclared.removeIf(finding -> finding.weight() == Weight.ADVICE);
        all.assertThat(undeclared).as("findings that the sample does not state").isEmpty();
        all.assertAll();
    }

    @Test
    void everyFindingHasASampleOrAReason() {
        Set<Finding> shown = EnumSet.noneOf(Finding.class);
        samples().forEach(sample -> shown.addAll(sample.expected().findings()));
        Map<Finding, String> without = new TreeMap<>();
        Samples.areas().forEach(area -> without.putAll(area.without()));
        Set<Finding> unexplained = EnumSet.allOf(Finding.class);
        unexplained.removeAll(shown);
        unexplained.removeAll(without.keySet());
        assertThat(unexplained).as("findings without a sample").isEmpty();
        assertThat(without.keySet()).as("reasons that are no longer needed").doesNotContainAnyElementsOf(shown);
    }

    @Test
    void noTwoSamplesShareAName() {
        Set<String> names = new HashSet<>();
        for (Sample sample : samples()) {
            assertThat(sample.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(names.add(sample.name())).as(sample.name()).isTrue();
        }
    }
}
