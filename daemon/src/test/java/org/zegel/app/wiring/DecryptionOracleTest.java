package org.zegel.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.samples.Cast;
import org.zegel.fixtures.samples.Sample;
import org.zegel.fixtures.samples.Samples;
import org.zegel.model.Finding;
import org.zegel.protocol.MessageResult;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
import org.zegel.trust.TrustOptions;

/** Questions put to the recipient's key, through everything that a client can see: answer, prompts, audit log. */
class DecryptionOracleTest {
    @TempDir
    private Path home;

    /** What a client learns of one opening. */
    private record Seen(String lock, List<String> findings, boolean content, List<String> uses, int questions) {}

    @Test
    void clientsSeeOneAnswerWhateverWasWrong() throws Exception {
        List<Seen> seen = new ArrayList<>();
        try (TestZegel zegel = new TestZegel(home, TrustOptions.DEFAULT, Cast.BOB)) {
            for (Sample sample : Samples.all()) {
                if (sample.name().startsWith("oracle-")) {
                    seen.add(seen(zegel, sample.making().make()));
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(5).containsOnly(seen.getFirst());
        assertThat(seen.getFirst().uses()).containsExactly("message.open done");
        assertThat(seen.getFirst().findings()).containsExactly("cannot-decrypt");
    }

    private static Seen seen(TestZegel zegel, byte[] message) throws Exception {
        int before = audit(zegel).size();
        int asked = zegel.prompter.questions.size();
        MessageResult.Opened opened = zegel.open(new String(message, StandardCharsets.ISO_8859_1));
        List<SessionResult.AuditEntry> entries = audit(zegel);
        return new Seen(
                opened.verdict().lock().toString(),
                opened.verdict().findings().stream().map(Finding::code).toList(),
                opened.content() != null,
                entries.subList(0, entries.size() - before).stream()
                        .map(entry -> entry.operation() + " " + entry.outcome())
                        .toList(),
                zegel.prompter.questions.size() - asked);
    }

    private static List<SessionResult.AuditEntry> audit(TestZegel zegel) throws Exception {
        return ((SessionResult.Audit) zegel.call(new SessionRequest.ListAudit(null))).entries();
    }
}
