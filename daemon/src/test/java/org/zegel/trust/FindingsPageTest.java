package org.zegel.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.zegel.model.Finding;

/** docs/FINDINGS.md lists every finding. Run with {@code -Dzegel.findings.write=true} to write it anew. */
class FindingsPageTest {
    private static final Path PAGE = Path.of("../docs/FINDINGS.md");

    private static final String HEAD = """
            # Findings

            What a verdict points out, beside its answers. A code is stable; more come with every version, so a program shows
            what it does not know. The texts stand in the verdict as `explanations`. This page is written by a test from the code.

            What a finding does: *advice* changes nothing; *explains* names the reason of an answer that is given elsewhere
            (integrity, chain, address, algorithms, lock); *lowers* keeps the seal from being `valid` by itself.

            | code | does | English | Nederlands |
            |---|---|---|---|
            """;

    @Test
    void listsEveryFindingWithItsTexts() throws Exception {
        StringBuilder page = new StringBuilder(HEAD);
        Stream.of(Finding.values())
                .sorted(Comparator.comparing(Finding::code))
                .map(FindingsPageTest::row)
                .forEach(page::append);
        if (Boolean.getBoolean("zegel.findings.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/FINDINGS.md; -Dzegel.findings.write=true writes it anew")
                .isEqualTo(page.toString());
    }

    private static String row(Finding finding) {
        return "| `" + finding.code() + "` | " + finding.weight().name().toLowerCase(Locale.ROOT) + " | "
                + cell(finding, "en") + " | " + cell(finding, "nl") + " |\n";
    }

    private static String cell(Finding finding, String language) {
        return FindingTexts.of(finding).getOrDefault(language, "").replace("|", "\\|");
    }
}
