package org.zegel.peers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.ContentCipher;
import org.zegel.model.Verdict.Lock;
import org.zegel.model.Verdict.Seal;
import org.zegel.peers.Workbench.Opened;
import org.zegel.smime.SignOptions.Mode;

/** What was written is what is read, for messages of all kinds. */
class RoundTripProperties {
    private static final TestAuthority ROOT = TestAuthority.root("Root", KeyKind.P256);
    private static final TestIdentity ALICE =
            ROOT.issue(Spec.mail("Alice", "alice@example.org").key(KeyKind.P256));
    private static Path directory;
    private static Workbench bench;

    @BeforeContainer
    static void prepare() throws Exception {
        directory = Files.createTempDirectory("zegel-properties");
        bench = new Workbench(directory, ROOT, ALICE);
    }

    @AfterContainer
    static void cleanUp() throws Exception {
        Files.deleteIfExists(directory.resolve("spool"));
        Files.deleteIfExists(directory);
    }

    @Property(tries = 120, shrinking = ShrinkingMode.OFF)
    void anOpaqueSignatureGivesBackTheCanonicalForm(@ForAll long seed, @ForAll ContentCipher cipher) throws Exception {
        GeneratedMail mail = GeneratedMail.of(seed);
        byte[] signed = bench.sign(mail.written(), ALICE, Mode.OPAQUE);
        assertGivesBack(bench.open(signed), mail.canonical(), Lock.NONE);
        byte[] encrypted = bench.encrypt(signed, cipher, ALICE.certificate());
        assertGivesBack(bench.open(encrypted), mail.canonical(), Lock.CLOSED);
    }

    /** Encryption alone; without a signature nothing vouches for what CBC gives. */
    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void encryptionGivesBackTheCanonicalForm(@ForAll long seed, @ForAll ContentCipher cipher) throws Exception {
        GeneratedMail mail = GeneratedMail.of(seed);
        Opened opened = bench.open(bench.encrypt(mail.written(), cipher, ALICE.certificate()));
        assertThat(opened.text()).isEqualTo(new String(mail.canonical(), ISO_8859_1));
        assertThat(opened.facts().lock()).isEqualTo(cipher.authenticated() ? Lock.CLOSED : Lock.WEAK);
        assertThat(opened.seal()).isEqualTo(Seal.NONE);
    }

    /** A clear signature may have encoded parts anew: what they say is the same, and nothing else changes any more. */
    @Property(tries = 120, shrinking = ShrinkingMode.OFF)
    void aClearSignatureGivesBackWhatWasSaid(@ForAll long seed, @ForAll ContentCipher cipher) throws Exception {
        GeneratedMail mail = GeneratedMail.of(seed);
        byte[] signed = bench.sign(mail.written(), ALICE, Mode.DETACHED);
        Opened opened = bench.open(signed);
        assertThat(opened.seal()).as(opened.verdict().toString()).isEqualTo(Seal.VALID);
        assertThat(leaves(opened.clear())).isEqualTo(mail.leaves());
        if (safe(mail.canonical())) {
            assertThat(opened.text()).isEqualTo(new String(mail.canonical(), ISO_8859_1));
        }
        String body = new String(signed, ISO_8859_1);
        assertThat(safe(body.substring(body.indexOf("\r\n\r\n")).getBytes(ISO_8859_1)))
                .isTrue();
        Opened twice = bench.open(bench.sign(opened.clear(), ALICE, Mode.DETACHED));
        assertThat(twice.text()).isEqualTo(opened.text());
        byte[] encrypted = bench.encrypt(signed, cipher, ALICE.certificate());
        assertGivesBack(bench.open(encrypted), opened.clear(), Lock.CLOSED);
    }

    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void aTripleWrappedMessageGivesBackTheCanonicalForm(
            @ForAll long seed, @ForAll ContentCipher cipher, @ForAll Mode outer) throws Exception {
        GeneratedMail mail = GeneratedMail.of(seed);
        byte[] inner = bench.sign(mail.written(), ALICE, Mode.OPAQUE);
        byte[] wrapped = bench.sign(bench.encrypt(inner, cipher, ALICE.certificate()), ALICE, outer);
        assertGivesBack(bench.open(wrapped), mail.canonical(), Lock.CLOSED);
    }

    private static void assertGivesBack(Opened opened, byte[] expected, Lock lock) {
        assertThat(opened.text()).isEqualTo(new String(expected, ISO_8859_1));
        assertThat(opened.seal()).as(opened.verdict().toString()).isEqualTo(Seal.VALID);
        assertThat(opened.facts().lock()).isEqualTo(lock);
    }

    /** Seven bits, no long lines, nothing that a mailbox would quote or a server trim; NUL counts as unsafe too. */
    private static boolean safe(byte[] message) {
        String text = new String(message, ISO_8859_1);
        return text.chars().allMatch(c -> c > 0 && c < 128)
                && text.replace("\r\n", "").indexOf('\r') < 0
                && text.replace("\r\n", "").indexOf('\n') < 0
                && text.lines().allMatch(line -> line.length() <= 998 && !line.startsWith("From "));
    }

    private static List<String> leaves(byte[] message) throws Exception {
        List<String> leaves = new ArrayList<>();
        collect(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message)), leaves);
        return leaves;
    }

    private static void collect(Part part, List<String> leaves) throws Exception {
        if (part.isMimeType("multipart/*")) {
            Multipart multipart = (Multipart) part.getContent();
            for (int i = 0; i < multipart.getCount(); i++) {
                collect(multipart.getBodyPart(i), leaves);
            }
            return;
        }
        try (InputStream in = part.getInputStream()) {
            String data = new String(in.readAllBytes(), ISO_8859_1);
            leaves.add(part.isMimeType("text/*") ? data.replace("\r\n", "\n") : data);
        }
    }
}
