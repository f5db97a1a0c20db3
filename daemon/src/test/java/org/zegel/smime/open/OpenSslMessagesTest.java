package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.OpenSsl;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Finding;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.Integrity;
import org.zegel.model.Verdict.Lock;

/** Messages made by OpenSSL. */
class OpenSslMessagesTest {
    private static final TestAuthority CA = TestAuthority.root("Root");
    private static final TestIdentity RSA = CA.issue(Spec.mail("Rsa", "rsa@example.org"));

    @TempDir
    private Path directory;

    private OpenSsl openssl;
    private OpenFixture fixture;

    @BeforeEach
    void files() throws Exception {
        openssl = new OpenSsl(directory);
        fixture = new OpenFixture(directory.resolve("spool"));
        RSA.writePem(directory, "rsa");
        Files.writeString(directory.resolve("entity"), Messages.ENTITY);
    }

    private byte[] cms(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("cms", "-in", "entity", "-out", "made"));
        all.addAll(List.of(arguments));
        openssl.run(all.toArray(String[]::new));
        return Files.readAllBytes(directory.resolve("made"));
    }

    private SignerFacts signer(byte[] message) throws Exception {
        OpenFixture.Result result = fixture.open(message);
        assertThat(result.text()).endsWith("Hello Bob,\r\nthe text.\r\n");
        assertThat(result.opened().facts().lock()).isEqualTo(Lock.NONE);
        assertThat(result.opened().facts().signers()).hasSize(1);
        SignerFacts signer = result.opened().facts().signers().getFirst();
        assertThat(signer.coversWhole()).isTrue();
        return signer;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-md sha256",
                "-md sha384",
                "-md sha512",
                "-md sha224",
                "-md sha3-256",
                "-md md5",
                "-md sha1",
                "-noattr",
                "-noattr -nodetach",
                "-nodetach",
                "-nodetach -stream",
                "-keyid",
                "-keyopt rsa_padding_mode:pss",
                "-keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:20 -md sha512",
                "-cades"
            })
    void rsaSignaturesAreIntact(String options) throws Exception {
        String[] arguments = ("-sign -binary -signer rsa.crt.pem -inkey rsa.key.pem " + options).split(" ");
        SignerFacts signer = signer(cms(arguments));
        assertThat(signer.integrity()).as(signer.findings().toString()).isEqualTo(Integrity.INTACT);
        assertThat(signer.findings()).isEmpty();
        assertThat(signer.certificate()).isEqualTo(RSA.certificate());
        assertThat(signer.signatureWeak()).isEqualTo(options.contains("md5") || options.contains("sha1"));
        if (!options.contains("noattr")) {
            assertThat(signer.claimedTime()).isNotNull();
            assertThat(signer.capabilities()).contains("2.16.840.1.101.3.4.1.42");
        }
    }

    @ParameterizedTest
    @CsvSource({"P256, sha256", "P384, sha384", "P521, sha512", "DSA_2048, sha256"})
    void otherKeysAreIntact(KeyKind kind, String digest) throws Exception {
        CA.issue(Spec.mail("Other", "other@example.org").key(kind)).writePem(directory, "other");
        SignerFacts signer =
                signer(cms("-sign", "-binary", "-signer", "other.crt.pem", "-inkey", "other.key.pem", "-md", digest));
        assertThat(signer.integrity()).as(signer.findings().toString()).isEqualTo(Integrity.INTACT);
    }

    @Test
    void severalSignersAreAllThere() throws Exception {
        CA.issue(Spec.mail("Other", "other@example.org").key(KeyKind.P256)).writePem(directory, "other");
        OpenFixture.Result result = fixture.open(cms(
                "-sign",
                "-binary",
                "-signer",
                "rsa.crt.pem",
                "-inkey",
                "rsa.key.pem",
                "-signer",
                "other.crt.pem",
                "-inkey",
                "other.key.pem"));
        assertThat(result.opened().facts().signers())
                .hasSize(2)
                .allMatch(signer -> signer.integrity() == Integrity.INTACT);
    }

    @Test
    void absentCertificateIsFoundAmongTheKnownOnes() throws Exception {
        byte[] message = cms("-sign", "-binary", "-nocerts", "-signer", "rsa.crt.pem", "-inkey", "rsa.key.pem");
        SignerFacts unknown = signer(message);
        assertThat(unknown.integrity()).isEqualTo(Integrity.UNVERIFIABLE);
        assertThat(unknown.findings()).containsExactly(Finding.SIGNER_CERTIFICATE_MISSING);
        fixture.knowing(RSA.certificate());
        assertThat(signer(message).integrity()).isEqualTo(Integrity.INTACT);
    }

    @Test
    void lineFeedsAloneMakeNoDifferenceToACanonicalSignature() throws Exception {
        byte[] message = cms("-sign", "-binary", "-signer", "rsa.crt.pem", "-inkey", "rsa.key.pem");
        String unix = new String(message, java.nio.charset.StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
        OpenFixture.Result result = fixture.open(unix);
        SignerFacts signer = result.opened().facts().signers().getFirst();
        assertThat(signer.integrity()).isEqualTo(Integrity.INTACT);
        assertThat(signer.findings()).isEmpty();
    }

    @Test
    void signatureOverBareLineFeedsIsIntactWithAFinding() throws Exception {
        Files.writeString(directory.resolve("entity"), Messages.ENTITY.replace("\r\n", "\n"));
        OpenFixture.Result result =
                fixture.open(cms("-sign", "-binary", "-signer", "rsa.crt.pem", "-inkey", "rsa.key.pem"));
        SignerFacts signer = result.opened().facts().signers().getFirst();
        assertThat(signer.integrity()).isEqualTo(Integrity.INTACT);
        assertThat(signer.findings()).containsExactly(Finding.LINE_ENDS_NOT_CANONICAL);
    }

    @ParameterizedTest
    @CsvSource({
        "-aes-128-cbc, WEAK",
        "-aes-192-cbc, WEAK",
        "-aes-256-cbc, WEAK",
        "-des3, WEAK",
        "-aes-128-gcm, CLOSED",
        "-aes-192-gcm, CLOSED",
        "-aes-256-gcm, CLOSED",
        "-aes-256-cbc -stream, WEAK",
        "-aes-256-gcm -stream, CLOSED",
        "-aes-256-cbc -keyid, WEAK",
        "-provider default -provider legacy -rc2-40, WEAK",
        "-provider default -provider legacy -rc2-64, WEAK",
        "-provider default -provider legacy -rc2-128, WEAK",
        "-provider default -provider legacy -des, WEAK",
    })
    void encryptedToRsaOpens(String options, Lock lock) throws Exception {
        fixture.with(RSA);
        List<String> arguments = new ArrayList<>(List.of("-encrypt", "-binary"));
        arguments.addAll(List.of(options.split(" ")));
        arguments.add("rsa.crt.pem");
        opens(cms(arguments.toArray(String[]::new)), lock);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-keyopt rsa_padding_mode:oaep",
                "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256",
                "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha512 -keyopt rsa_mgf1_md:sha256",
                "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256 -keyopt rsa_oaep_label:6c6162656c",
                "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha1 -keyopt rsa_mgf1_md:sha512",
                "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha384 -keyid",
            })
    void encryptedWithOaepOpens(String options) throws Exception {
        fixture.with(RSA);
        opens(cms(("-encrypt -binary -aes-256-gcm -recip rsa.crt.pem " + options).split(" ")), Lock.CLOSED);
    }

    @ParameterizedTest
    @CsvSource({
        "P256, sha1",
        "P256, sha224",
        "P256, sha256",
        "P384, sha384",
        "P521, sha512",
        "P256, sha256 -aes256-wrap",
        "P256, sha256 -keyopt ecdh_cofactor_mode:1"
    })
    void encryptedToACurveOpens(KeyKind kind, String options) throws Exception {
        TestIdentity curve = CA.issue(Spec.mail("Curve", "curve@example.org").key(kind));
        curve.writePem(directory, "curve");
        fixture.with(curve);
        opens(
                cms(("-encrypt -binary -aes-256-cbc -recip curve.crt.pem -keyopt ecdh_kdf_md:" + options).split(" ")),
                Lock.WEAK);
        opens(
                cms(("-encrypt -binary -des3 -recip curve.crt.pem -keyopt ecdh_kdf_md:" + options).split(" ")),
                Lock.WEAK);
    }

    @Test
    void foreignRecipientsBeforeOursArePassedOver() throws Exception {
        TestIdentity other = CA.issue(Spec.mail("Other", "other@example.org").key(KeyKind.P256));
        other.writePem(directory, "other");
        fixture.with(RSA);
        opens(cms("-encrypt", "-binary", "-aes-256-cbc", "other.crt.pem", "rsa.crt.pem"), Lock.WEAK);
    }

    @Test
    void passwordAndSharedKeyRecipientsArePassedOver() throws Exception {
        fixture.with(RSA);
        opens(
                cms(
                        "-encrypt",
                        "-binary",
                        "-aes-256-cbc",
                        "-pwri_password",
                        "secret",
                        "-secretkey",
                        "000102030405060708090A0B0C0D0E0F",
                        "-secretkeyid",
                        "C0FEE0",
                        "rsa.crt.pem"),
                Lock.WEAK);
    }

    @ParameterizedTest
    @CsvSource({"P256, -aes-128-gcm", "P384, -aes-256-gcm", "P521, -aes-256-gcm"})
    void authenticatedToACurveOpensClosed(KeyKind kind, String cipher) throws Exception {
        TestIdentity curve = CA.issue(Spec.mail("Curve", "curve@example.org").key(kind));
        curve.writePem(directory, "curve");
        fixture.with(curve);
        opens(cms("-encrypt", "-binary", cipher, "-recip", "curve.crt.pem"), Lock.CLOSED);
    }

    /** The older of the two commands, which makes PKCS#7. */
    @ParameterizedTest
    @ValueSource(strings = {"", "-nodetach", "-md sha512", "-noattr", "-nodetach -stream", "-text"})
    void signedBySmimeIsIntact(String options) throws Exception {
        Files.writeString(
                directory.resolve("entity"), options.equals("-text") ? "Hello Bob,\r\nthe text.\r\n" : Messages.ENTITY);
        SignerFacts signer = signer(smime(("-sign -signer rsa.crt.pem -inkey rsa.key.pem " + options).trim()));
        assertThat(signer.integrity()).as(signer.findings().toString()).isEqualTo(Integrity.INTACT);
        assertThat(signer.findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-aes128", "-aes192", "-aes256", "-des3", "-aes256 -stream"})
    void encryptedBySmimeOpens(String options) throws Exception {
        fixture.with(RSA);
        opens(smime("-encrypt -binary " + options + " rsa.crt.pem"), Lock.WEAK);
    }

    /** Signed, then encrypted, each by a run of its own, as scripts do it. */
    @Test
    void signedThenEncryptedBySmimeIsClosed() throws Exception {
        fixture.with(RSA);
        Files.write(directory.resolve("entity"), smime("-sign -binary -signer rsa.crt.pem -inkey rsa.key.pem"));
        OpenFixture.Result result = fixture.open(smime("-encrypt -binary -aes256 rsa.crt.pem"));
        assertThat(result.opened().facts().lock()).isEqualTo(Lock.CLOSED);
        assertThat(result.opened().facts().signers())
                .singleElement()
                .satisfies(signer -> assertThat(signer.integrity()).isEqualTo(Integrity.INTACT));
        assertThat(result.text()).endsWith(Messages.ENTITY);
    }

    private byte[] smime(String arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("smime", "-in", "entity", "-out", "made"));
        all.addAll(List.of(arguments.split(" ")));
        openssl.run(all.toArray(String[]::new));
        return Files.readAllBytes(directory.resolve("made"));
    }

    private void opens(byte[] message, Lock lock) throws Exception {
        OpenFixture.Result result = fixture.open(message);
        assertThat(result.opened().facts().lock())
                .as(result.findings().toString())
                .isEqualTo(lock);
        assertThat(result.text()).endsWith(Messages.ENTITY);
        assertThat(result.findings())
                .allMatch(finding ->
                        finding.equals(Finding.REMOTE_CONTENT_UNSAFE) || finding.equals(Finding.CIPHER_WEAK));
    }
}
