package org.zegel.store.pkcs12;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.OpenSsl;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Failure;

/** PEM files as openssl makes them. */
class PemReadingTest {
    private static final TestAuthority CA = TestAuthority.root("Root").subordinate("Issuing CA");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));
    private static final TestIdentity EVE =
            CA.issue(Spec.mail("Eve", "eve@example.org").key(KeyKind.P256));

    @TempDir
    Path directory;

    private OpenSsl openssl;

    @BeforeEach
    void writeKeys() throws IOException {
        openssl = new OpenSsl(directory);
        ALICE.writePem(directory, "alice");
        EVE.writePem(directory, "eve");
    }

    private static byte[] together(byte[] key, TestIdentity identity) {
        String certificates = TestIdentity.pem(identity.certificate()) + TestIdentity.pem(identity.chain());
        return KeyFiles.concat(key, certificates.getBytes(StandardCharsets.US_ASCII));
    }

    private static void isIdentity(TestIdentity expected, List<ImportedIdentity> found) throws Failure {
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().certificate()).isEqualTo(expected.certificate());
        if (expected.privateKey() instanceof ECPrivateKey ec) {
            assertThat(((ECPrivateKey) found.getFirst().privateKey()).getS()).isEqualTo(ec.getS());
        } else {
            assertThat(found.getFirst().privateKey()).isEqualTo(expected.privateKey());
        }
        assertThat(found.getFirst().chain()).isEqualTo(expected.chain());
    }

    @ParameterizedTest
    @EnumSource(names = {"RSA_2048", "P256", "P384", "P521", "ED25519", "X25519"})
    void readsPkcs8OfEachKind(KeyKind kind) throws Failure {
        TestIdentity bob = CA.issue(Spec.mail("Bob", "bob@example.org").key(kind));
        byte[] key =
                TestIdentity.pem("PRIVATE KEY", bob.privateKey().getEncoded()).getBytes(StandardCharsets.US_ASCII);
        isIdentity(bob, KeyFileReader.read(together(key, bob), KeyFiles.NEVER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-v2 aes-256-cbc -v2prf hmacWithSHA256",
                "-v2 aes-128-cbc -v2prf hmacWithSHA1",
                "-v2 des-ede3-cbc -v2prf hmacWithSHA512",
                "-v1 PBE-SHA1-3DES",
                "-v1 PBE-MD5-DES -provider legacy -provider default",
                "-scrypt",
            })
    void readsEncryptedPkcs8(String options) throws IOException, Failure {
        String command = "pkcs8 -topk8 -in alice.key.pem -passout pass:geheim " + options;
        byte[] file = together(openssl.run(command.split(" ")), ALICE);
        isIdentity(ALICE, KeyFiles.read(file, "geheim"));
        assertThat(KeyFiles.refusal(file, KeyFiles.typing("mis"))).isEqualTo("wrong-passphrase");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-aes128", "-aes192", "-aes256", "-des3"})
    void readsPkcs1(String cipher) throws IOException, Failure {
        String command =
                "rsa -traditional -in alice.key.pem " + (cipher.isEmpty() ? "" : cipher + " -passout pass:geheim");
        byte[] key = openssl.run(command.strip().split(" "));
        assertThat(new String(key, StandardCharsets.US_ASCII)).contains("BEGIN RSA PRIVATE KEY");
        byte[] file = together(key, ALICE);
        if (cipher.isEmpty()) {
            isIdentity(ALICE, KeyFileReader.read(file, KeyFiles.NEVER));
        } else {
            isIdentity(ALICE, KeyFiles.read(file, "geheim"));
            assertThat(KeyFiles.refusal(file, KeyFiles.typing("mis"))).isEqualTo("wrong-passphrase");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-aes256 -passout pass:geheim"})
    void readsSec1(String cipher) throws IOException, Failure {
        byte[] key = openssl.run(("ec -in eve.key.pem " + cipher).strip().split(" "));
        assertThat(new String(key, StandardCharsets.US_ASCII)).contains("BEGIN EC PRIVATE KEY");
        isIdentity(EVE, KeyFiles.read(together(key, EVE), "geheim"));
    }

    @Test
    void readsTheOutputOfEcparamWithItsParametersBlock() throws Exception {
        byte[] key = openssl.run("ecparam", "-name", "prime256v1", "-genkey");
        Files.write(directory.resolve("ecparam.pem"), key);
        byte[] certificate = openssl.run("req", "-x509", "-new", "-key", "ecparam.pem", "-subj", "/CN=EC");
        assertThat(KeyFileReader.read(KeyFiles.concat(key, certificate), KeyFiles.NEVER))
                .hasSize(1);
    }

    @Test
    void readsBrainpoolKeysWhichTheJdkLacks() throws Exception {
        byte[] key = openssl.run("ecparam", "-name", "brainpoolP256r1", "-genkey", "-noout");
        Files.write(directory.resolve("bp.pem"), key);
        byte[] certificate = openssl.run("req", "-x509", "-new", "-key", "bp.pem", "-subj", "/CN=BP");
        ImportedIdentity found = KeyFileReader.read(KeyFiles.concat(key, certificate), KeyFiles.NEVER)
                .getFirst();
        assertThat(found.privateKey().getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void orderInTheFileDoesNotMatter() throws Failure {
        List<X509Certificate> chain = ALICE.chain();
        String file = "Bag Attributes\n  friendlyName: alice\n" + TestIdentity.pem(chain.getLast())
                + TestIdentity.pem(ALICE.certificate())
                + TestIdentity.pem("PRIVATE KEY", ALICE.privateKey().getEncoded()) + "some text\r\n"
                + TestIdentity.pem(chain.getFirst());
        isIdentity(ALICE, KeyFileReader.read(file.getBytes(StandardCharsets.US_ASCII), KeyFiles.NEVER));
    }

    @Test
    void readsWindowsLineEnds() throws Failure {
        String key = TestIdentity.pem("PRIVATE KEY", ALICE.privateKey().getEncoded());
        byte[] file = together(key.getBytes(StandardCharsets.US_ASCII), ALICE);
        String crlf = new String(file, StandardCharsets.US_ASCII).replace("\n", "\r\n");
        isIdentity(ALICE, KeyFileReader.read(crlf.getBytes(StandardCharsets.US_ASCII), KeyFiles.NEVER));
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        byte[] certificate = TestIdentity.pem(ALICE.certificate()).getBytes(StandardCharsets.US_ASCII);
        byte[] aliceKey = Files.readAllBytes(directory.resolve("alice.key.pem"));
        assertThat(KeyFiles.refusal(certificate, KeyFiles.NEVER)).isEqualTo("no-private-key");
        assertThat(KeyFiles.refusal(together(aliceKey, EVE), KeyFiles.NEVER)).isEqualTo("key-certificate-mismatch");
        assertThat(KeyFiles.refusal("Dear Alice,".getBytes(StandardCharsets.US_ASCII), KeyFiles.NEVER))
                .isEqualTo("not-a-key-file");
    }

    @Test
    void refusesBrokenBase64AndMissingEnd() throws IOException {
        String key = Files.readString(directory.resolve("alice.key.pem"));
        byte[] broken = key.replaceFirst("MII", "M!I").getBytes(StandardCharsets.US_ASCII);
        byte[] endless = key.substring(0, key.length() / 2).getBytes(StandardCharsets.US_ASCII);
        assertThat(KeyFiles.refusal(broken, KeyFiles.NEVER)).isEqualTo("damaged");
        assertThat(KeyFiles.refusal(endless, KeyFiles.NEVER)).isEqualTo("damaged");
    }

    @Test
    void readsAsManyEntriesAsAllowedAndNotOneMore() throws IOException, Failure {
        String key = Files.readString(directory.resolve("alice.key.pem")) + TestIdentity.pem(ALICE.certificate());
        String filler = TestIdentity.pem("X509 CRL", new byte[] {0x30, 0});
        String full = key + filler.repeat(Contents.MAX_ENTRIES - 2);
        assertThat(KeyFileReader.read(full.getBytes(StandardCharsets.US_ASCII), KeyFiles.NEVER))
                .hasSize(1);
        assertThat(KeyFiles.refusal((full + filler).getBytes(StandardCharsets.US_ASCII), KeyFiles.NEVER))
                .isEqualTo("too-large");
    }
}
