package org.zegel.corpora;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.content.ContentLimits;
import org.zegel.content.EncryptedSpool;
import org.zegel.content.Workspace;
import org.zegel.fixtures.Needs;

/**
 * Messages, certificates and key files that others made, against the outcomes they expect. Prints a table of agreed
 * of total for each folder. A disagreement is allowed only with a note here, and a note only while it is true.
 */
class CorporaTest {
    /** Where Zegel means to differ, and why. */
    private static final Map<String, String> NOTES = Map.of(
            "mimetreeparser-smime-encrypted-ambiguous-mime",
            "the encrypted part stands beside a clear one; mixing the two is how EFAIL reads mail, so it stays closed",
            "p12-nomac_parse.p12",
            "its only part is encrypted to nobody; OpenSSL passes over it, Zegel says that there is nothing to import");

    private static final Map<String, String> TABLE = new TreeMap<>();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bsi", "james", "kde", "mimekit", "misc", "openssl-cms", "rfc9216", "rfc9788"})
    void agreesWithTheExpectedOutcomes(String name) throws Exception {
        List<CorpusCase> cases = CorpusCase.read(Needs.corpus(name));
        EncryptedSpool spool = new EncryptedSpool(folder.resolve("spool"), ContentLimits.DEFAULT);
        List<String> unexplained = new ArrayList<>();
        List<String> outdated = new ArrayList<>();
        StringBuilder notes = new StringBuilder();
        int agreed = 0;
        for (CorpusCase each : cases) {
            String said;
            try (Workspace workspace = spool.open()) {
                said = new CorpusJudge(workspace).judge(each);
            }
            String note = NOTES.get(each.id());
            if (said.equals(each.expected().equals("warn") ? "valid" : each.expected())) {
                agreed++;
                if (note != null) {
                    outdated.add(each.id());
                }
            } else if (note == null) {
                unexplained.add(each.id() + ": expected " + each.expected() + ", Zegel says " + said);
            } else {
                notes.append(
                        "%n    %s: expected %s, Zegel says %s: %s".formatted(each.id(), each.expected(), said, note));
            }
        }
        TABLE.put(name, "%-12s %3d of %3d%s".formatted(name, agreed, cases.size(), notes));
        assertThat(unexplained).as("disagreements without a note").isEmpty();
        assertThat(outdated).as("notes that are no longer true").isEmpty();
    }

    @AfterAll
    static void printTable() {
        StringBuilder table = new StringBuilder("Sample messages of others: agreed of total\n");
        TABLE.values().forEach(line -> table.append("  ").append(line).append('\n'));
        System.out.print(table);
    }
}
