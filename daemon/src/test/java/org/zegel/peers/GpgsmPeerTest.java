package org.zegel.peers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.fixtures.Gpgsm;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Integrity;
import org.zegel.model.Verdict.Lock;
import org.zegel.model.Verdict.Seal;
import org.zegel.peers.Workbench.Opened;

/** What GnuPG's gpgsm makes, we open; the other direction is tested where messages are made. */
class GpgsmPeerTest {
    private static final TestAuthority ROOT = TestAuthority.root("Root");
    private static final TestIdentity ALICE = ROOT.issue(Spec.mail("Alice", "alice@example.org"));
    private static final String ENTITY = "Content-Type: text/plain\r\n\r\nHello Bob,\r\nthe text.\r\n";
    private static final String HEADER = "From: alice@example.org\r\nMIME-Version: 1.0\r\n";

    /** One home for all tests: making it and importing the key take seconds. */
    @TempDir
    static Path directory;

    private static Workbench bench;
    private static Gpgsm gpgsm;

    @BeforeAll
    static void prepare() throws Exception {
        bench = new Workbench(directory, ROOT, ALICE);
        gpgsm = new Gpgsm(directory, ROOT.certificate());
        gpgsm.importIdentity(ALICE);
        Files.writeString(directory.resolve("entity"), ENTITY);
    }

    @AfterAll
    static void stop() throws Exception {
        if (gpgsm != null) {
            gpgsm.close();
        }
    }

    private static void assertTrusted(Opened opened) {
        assertThat(opened.verdict().signers()).singleElement().satisfies(signer -> {
            assertThat(signer.integrity()).isEqualTo(Integrity.INTACT);
            assertThat(signer.chain().status()).isEqualTo(ChainStatus.TRUSTED);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA256", "SHA384", "SHA512"})
    void itsDetachedSignaturesAreIntact(String digest) throws Exception {
        byte[] signature = sign("--detach-sign", "--digest-algo", digest);
        assertTrusted(bench.openCms(signature, ENTITY.getBytes(ISO_8859_1)));
        Opened altered = bench.openCms(signature, ENTITY.replace("Bob", "Rob").getBytes(ISO_8859_1));
        assertThat(altered.seal()).isEqualTo(Seal.BROKEN);
    }

    @Test
    void itsOpaqueSignaturesAreIntact() throws Exception {
        Opened opened = bench.openCms(sign("--sign"), null);
        assertTrusted(opened);
        assertThat(opened.text()).isEqualTo(ENTITY);
        Opened armoured = bench.openCms(sign("--armor", "--sign"), null);
        assertTrusted(armoured);
        assertThat(armoured.text()).isEqualTo(ENTITY);
    }

    /** As KMail and Evolution put it into a message. */
    @Test
    void aMessageAroundItsSignatureIsValid() throws Exception {
        Opened clear = bench.open((HEADER
                        + "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha256;"
                        + " boundary=b\r\n\r\n--b\r\n" + ENTITY
                        + "\r\n--b\r\nContent-Type: application/pkcs7-signature\r\n"
                        + base64(sign("--detach-sign")) + "--b--\r\n")
                .getBytes(ISO_8859_1));
        assertThat(clear.seal()).as(clear.verdict().toString()).isEqualTo(Seal.VALID);
        Opened opaque = bench.open(message("signed-data", sign("--sign")));
        assertThat(opaque.seal()).as(opaque.verdict().toString()).isEqualTo(Seal.VALID);
        assertThat(opaque.text()).isEqualTo(HEADER + ENTITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES128", "AES192", "AES256", "3DES"})
    void itsEncryptedMessagesOpen(String cipher) throws Exception {
        byte[] cms = gpgsm.run("--encrypt", "--cipher-algo", cipher, "--recipient", "alice@example.org", "entity");
        assertThat(bench.openCms(cms, null).text()).isEqualTo(ENTITY);
        Opened opened = bench.open(message("enveloped-data", cms));
        assertThat(opened.text()).isEqualTo(HEADER + ENTITY);
        assertThat(opened.facts().lock()).isEqualTo(Lock.WEAK);
    }

    @Test
    void whatItSignsAndEncryptsIsClosedAndValid() throws Exception {
        Files.writeString(
                directory.resolve("inner"),
                "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n" + base64(sign("--sign")));
        byte[] cms = gpgsm.run("--encrypt", "--recipient", "alice@example.org", "inner");
        Opened opened = bench.open(message("enveloped-data", cms));
        assertThat(opened.seal()).as(opened.verdict().toString()).isEqualTo(Seal.VALID);
        assertThat(opened.facts().lock()).isEqualTo(Lock.CLOSED);
        assertThat(opened.text()).isEqualTo(HEADER + ENTITY);
    }

    private byte[] sign(String... options) throws Exception {
        return gpgsm.withKey("entity", options);
    }

    private static byte[] message(String type, byte[] cms) {
        return (HEADER + "Content-Type: application/pkcs7-mime; smime-type=" + type + "\r\n" + base64(cms))
                .getBytes(ISO_8859_1);
    }

    private static String base64(byte[] cms) {
        return "Content-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(cms) + "\r\n";
    }
}
