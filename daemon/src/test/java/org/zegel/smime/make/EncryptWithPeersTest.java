package org.zegel.smime.make;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.KeyTransRecipientId;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.RecipientInformationStore;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.zegel.fixtures.Gpgsm;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.OpenSsl;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.ContentCipher;
import org.zegel.model.Failure;
import org.zegel.smime.SignOptions.Mode;

/** What we encrypt, others decrypt. */
final class EncryptWithPeersTest {
    private static final TestAuthority ROOT = TestAuthority.root("Root");
    private static final TestIdentity BOB = ROOT.issue(Spec.mail("Bob", "bob@example.org"));

    @TempDir
    Path directory;

    private Made made;
    private OpenSsl openSsl;

    @BeforeEach
    void prepare() throws Exception {
        made = new Made(directory);
        openSsl = new OpenSsl(directory);
    }

    static Stream<Arguments> samples() {
        return Samples.all().entrySet().stream().map(sample -> Arguments.of(sample.getKey(), sample.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void openSslReadsWhatWasWritten(String name, byte[] message) throws Exception {
        byte[] encrypted = made.encrypt(message, ContentCipher.AES_256_GCM, false, BOB.certificate());
        assertThat(Leaves.of(asMessage(decrypt(encrypted, BOB)))).isEqualTo(Leaves.of(message));
    }

    static Stream<Arguments> ciphersAndKeys() {
        return Stream.of(ContentCipher.values())
                .flatMap(cipher -> Stream.of(KeyKind.RSA_2048, KeyKind.P256, KeyKind.P384, KeyKind.P521)
                        .map(kind -> Arguments.of(cipher, kind)));
    }

    @ParameterizedTest
    @MethodSource("ciphersAndKeys")
    void openSslDecryptsEveryCipherAndKey(ContentCipher cipher, KeyKind kind) throws Exception {
        TestIdentity recipient = ROOT.issue(Spec.mail("Bob", "bob@example.org").key(kind));
        for (int length : new int[] {0, 1, 15, 16, 17, 16_384, 100_001}) {
            byte[] data = Samples.noise(length);
            byte[] encrypted = made.encryptBytes(data, cipher, false, recipient.certificate());
            assertThat(decryptBytes(encrypted, recipient)).isEqualTo(data);
        }
    }

    @Test
    void openSslDecryptsOaep() throws Exception {
        byte[] data = Samples.noise(1000);
        byte[] encrypted = made.encryptBytes(data, ContentCipher.AES_128_CBC, true, BOB.certificate());
        assertThat(decryptBytes(encrypted, BOB)).isEqualTo(data);
        assertThat(new String(
                        openSsl.run("cms", "-cmsout", "-print", "-inform", "DER", "-in", "encrypted"), ISO_8859_1))
                .contains("rsaesOaep");
    }

    @Test
    void everyOneOfSeveralRecipientsCanRead() throws Exception {
        List<TestIdentity> recipients = Stream.of(KeyKind.RSA_2048, KeyKind.P256, KeyKind.P384, KeyKind.X25519)
                .map(kind ->
                        ROOT.issue(Spec.mail(kind.name(), "bob@example.org").key(kind)))
                .toList();
        X509Certificate[] certificates =
                recipients.stream().map(TestIdentity::certificate).toArray(X509Certificate[]::new);
        byte[] data = Samples.noise(1000);
        byte[] encrypted = made.encryptBytes(data, ContentCipher.AES_256_CBC, false, certificates);
        for (TestIdentity recipient : recipients.subList(0, 3)) {
            assertThat(decryptBytes(encrypted, recipient)).isEqualTo(data);
        }
    }

    /** OpenSSL 3.0 cannot do RFC 8418; Bouncy Castle can. */
    @ParameterizedTest
    @EnumSource(ContentCipher.class)
    void bouncyCastleDecryptsX25519(ContentCipher cipher) throws Exception {
        TestIdentity recipient = ROOT.issue(Spec.mail("Bob", "bob@example.org").key(KeyKind.X25519));
        byte[] data = Samples.noise(1000);
        byte[] encrypted = made.encryptBytes(data, cipher, false, BOB.certificate(), recipient.certificate());
        RecipientInformationStore store = cipher.authenticated()
                ? new CMSAuthEnvelopedData(encrypted).getRecipientInfos()
                : new CMSEnvelopedData(encrypted).getRecipientInfos();
        RecipientInformation mine = store.getRecipients().stream()
                .filter(info -> !(info.getRID() instanceof KeyTransRecipientId))
                .findFirst()
                .orElseThrow();
        byte[] clear = cipher.authenticated()
                ? mine.getContent(new JceKeyAgreeAuthEnvelopedRecipient(recipient.privateKey())
                        .setProvider(new BouncyCastleProvider()))
                : mine.getContent(new JceKeyAgreeEnvelopedRecipient(recipient.privateKey())
                        .setProvider(new BouncyCastleProvider()));
        assertThat(clear).isEqualTo(data);
    }

    @Test
    void gpgsmDecryptsRsaWithCbc() throws Exception {
        byte[] data = Samples.noise(100_000);
        try (Gpgsm gpgsm = new Gpgsm(directory, ROOT.certificate())) {
            gpgsm.importIdentity(BOB);
            for (ContentCipher cipher : List.of(ContentCipher.AES_128_CBC, ContentCipher.AES_256_CBC)) {
                Path file = directory.resolve("g.p7m");
                Files.write(file, made.encryptBytes(data, cipher, false, BOB.certificate()));
                assertThat(gpgsm.decrypt(file)).isEqualTo(data);
            }
        }
    }

    @Test
    void aSignedMessageInsideStaysIntact() throws Exception {
        Files.writeString(directory.resolve("root.pem"), TestIdentity.pem(ROOT.certificate()));
        for (Map.Entry<String, byte[]> sample : Samples.all().entrySet()) {
            for (Mode mode : Mode.values()) {
                byte[] signed = made.sign(sample.getValue(), BOB, Made.options(mode));
                byte[] encrypted = made.encrypt(signed, ContentCipher.AES_256_GCM, false, BOB.certificate());
                Files.write(directory.resolve("inner.eml"), asMessage(decrypt(encrypted, BOB)));
                openSsl.run("cms", "-verify", "-in", "inner.eml", "-CAfile", "root.pem", "-binary", "-crlfeol");
            }
        }
    }

    @Test
    void keepsTheHeaderOutsideButForTheSubjectAndBcc() throws Exception {
        String message = "Received: x\r\nFrom: a@example.org\r\nBcc: secret@example.org,\r\n other@example.org\r\n"
                + "To: b@example.org\r\nsubject:  as  written \r\nContent-Type: text/plain\r\n\r\nhi\r\n";
        byte[] encrypted =
                made.encrypt(message.getBytes(ISO_8859_1), ContentCipher.AES_256_CBC, false, BOB.certificate());
        assertThat(new String(encrypted, ISO_8859_1))
                .startsWith("Received: x\r\nFrom: a@example.org\r\nTo: b@example.org\r\nsubject: [...]\r\n"
                        + "MIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data;\r\n")
                .doesNotContain("secret@example.org", "other@example.org");
        assertThat(decrypt(encrypted, BOB))
                .asString(ISO_8859_1)
                .isEqualTo("From: a@example.org\r\nTo: b@example.org\r\nsubject:  as  written \r\n"
                        + "HP-Outer: From: a@example.org\r\nHP-Outer: To: b@example.org\r\nHP-Outer: subject: [...]\r\n"
                        + "Content-Type: text/plain;\r\n hp=\"cipher\"\r\n\r\nhi\r\n");
    }

    @Test
    void refusesARecipientWhoseKeyOnlySigns() {
        TestIdentity signer = ROOT.issue(Spec.mail("Bob", "bob@example.org").key(KeyKind.ED25519));
        assertThatThrownBy(() -> made.encryptBytes(
                        new byte[1], ContentCipher.AES_256_GCM, false, BOB.certificate(), signer.certificate()))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.NO_RECIPIENT_CERTIFICATE);
                    assertThat(failure.data()).containsEntry("subject", "CN=Bob");
                });
        assertThatThrownBy(() -> made.encryptBytes(new byte[1], ContentCipher.AES_256_GCM, false))
                .isInstanceOf(Failure.class);
    }

    private byte[] decrypt(byte[] message, TestIdentity identity) throws Exception {
        return decrypt(message, "SMIME", identity);
    }

    private byte[] decryptBytes(byte[] cms, TestIdentity identity) throws Exception {
        return decrypt(cms, "DER", identity);
    }

    private byte[] decrypt(byte[] encrypted, String form, TestIdentity identity) throws Exception {
        identity.writePem(directory, "r");
        Files.write(directory.resolve("encrypted"), encrypted);
        openSsl.run(
                "cms",
                "-decrypt",
                "-in",
                "encrypted",
                "-inform",
                form,
                "-binary",
                "-recip",
                "r.crt.pem",
                "-inkey",
                "r.key.pem",
                "-out",
                "clear");
        return Files.readAllBytes(directory.resolve("clear"));
    }

    private static byte[] asMessage(byte[] entity) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes("MIME-Version: 1.0\r\n".getBytes(ISO_8859_1));
        whole.writeBytes(entity);
        return whole.toByteArray();
    }
}
