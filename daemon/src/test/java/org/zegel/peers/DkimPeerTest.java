package org.zegel.peers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.fixtures.Dkim;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.ContentCipher;
import org.zegel.model.Verdict.Seal;
import org.zegel.smime.SignOptions.Mode;

/** S/MIME and DKIM beside one another, with a DKIM verifier that others wrote. */
class DkimPeerTest {
    private static final TestAuthority ROOT = TestAuthority.root("Root");
    private static final TestIdentity ALICE = ROOT.issue(Spec.mail("Alice", "alice@example.org"));

    /** White space and folding as people's programs write them. */
    private static final byte[] MAIL = ("From: Alice  <alice@example.org>\r\nTo: Bob <bob@example.org>,\r\n"
                    + "\tCarol <carol@example.org>\r\nSubject:  Two   words\r\n and more \r\n"
                    + "Date: Mon, 1 Jun 2026 11:00:00 +0000\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
                    + "Content-Type: text/plain; charset=us-ascii\r\n\r\nHello Bob, \r\n\r\n  the text.\r\n\r\n\r\n")
            .getBytes(ISO_8859_1);

    @TempDir
    private Path directory;

    private Workbench bench;
    private Dkim dkim;

    @BeforeEach
    void prepare() throws Exception {
        bench = new Workbench(directory, ROOT, ALICE);
        dkim = new Dkim(directory, ALICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple/simple", "relaxed/simple", "simple/relaxed", "relaxed/relaxed"})
    void aServerSignsWhatZegelMade(String canonicalization) throws Exception {
        byte[] clear = bench.sign(MAIL, ALICE, Mode.DETACHED);
        byte[] opaque = bench.sign(MAIL, ALICE, Mode.OPAQUE);
        byte[] encrypted = bench.encrypt(MAIL, ContentCipher.AES_256_GCM, ALICE.certificate());
        for (byte[] made : List.of(clear, opaque, encrypted)) {
            byte[] sent = dkim.sign(made, canonicalization);
            assertThat(dkim.verify(sent)).isTrue();
            Workbench.Opened opened = bench.open(sent);
            assertThat(opened.seal()).isEqualTo(made == encrypted ? Seal.NONE : Seal.VALID);
            String text = new String(sent, ISO_8859_1);
            String field = text.substring(0, text.indexOf("\r\nFrom:"));
            assertThat(opened.text()).startsWith(field + "\r\nFrom:");
        }
    }

    /** What was inside an opaque or encrypted layer comes back byte for byte, and with it the DKIM signature's sense. */
    @ParameterizedTest
    @ValueSource(strings = {"simple/simple", "relaxed/relaxed"})
    void aDkimSignedMessageVerifiesAgainOnceItIsOpened(String canonicalization) throws Exception {
        byte[] received = dkim.sign(MAIL, canonicalization);
        assertThat(dkim.verify(received)).isTrue();
        byte[] opaque = bench.sign(received, ALICE, Mode.OPAQUE);
        assertThat(dkim.verify(opaque)).isFalse();
        byte[] encrypted = bench.encrypt(received, ContentCipher.AES_256_GCM, ALICE.certificate());
        for (byte[] made : List.of(opaque, encrypted)) {
            byte[] clear = Objects.requireNonNull(bench.open(made).clear());
            assertThat(clear).asString(ISO_8859_1).isEqualTo(new String(received, ISO_8859_1));
            assertThat(dkim.verify(clear)).isTrue();
        }
    }

    @Test
    void theVerifierSeesAChange() throws Exception {
        byte[] sent = dkim.sign(bench.sign(MAIL, ALICE, Mode.DETACHED), "relaxed/relaxed");
        String changed = new String(sent, ISO_8859_1).replace("Two   words", "Two swords");
        assertThat(dkim.verify(changed.getBytes(ISO_8859_1))).isFalse();
    }
}
