package org.zegel.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zegel.model.Finding;

class FindingTextsTest {
    /** Longer ones are not read. */
    private static final int MAX_TEXT = 300;

    @ParameterizedTest
    @EnumSource
    void everyFindingSaysWhatItMeansAndWhatToDo(Finding finding) {
        Map<String, String> texts = FindingTexts.of(finding);
        assertThat(texts).containsOnlyKeys("en", "nl");
        texts.values().forEach(text -> {
            assertThat(text).hasSizeBetween(20, MAX_TEXT).matches("[A-Z].*[.]").doesNotContain("{", "''");
        });
        assertThat(texts.get("en")).isNotEqualTo(texts.get("nl"));
    }

    @Test
    void noTextIsOfAFindingThatDoesNotExist() {
        Set<String> codes = Arrays.stream(Finding.values()).map(Finding::code).collect(Collectors.toSet());
        for (Locale language : Languages.ALL) {
            ResourceBundle bundle = Languages.bundle("finding", language);
            assertThat(bundle.keySet()).isEqualTo(codes);
        }
    }

    @Test
    void aVerdictExplainsWhatItPointsOutAndNothingElse() {
        assertThat(FindingTexts.of(List.of(Finding.FROM_GROUP), List.of(), List.of()))
                .isEqualTo(Map.of("from-group", FindingTexts.of(Finding.FROM_GROUP)));
    }
}
