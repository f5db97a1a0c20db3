package org.zegel.store.pkcs12;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
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

/** PKCS#12 files as other programs make them. */
class Pkcs12ReadingTest {
    private static final TestAuthority CA = TestAuthority.root("Root").subordinate("Issuing CA");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));

    @TempDir
    static Path directory;

    private static OpenSsl openssl;

    @BeforeAll
    static void writeAlice() throws IOException {
        openssl = new OpenSsl(directory);
        ALICE.writePem(directory, "alice");
    }

    private static byte[] export(String passphrase, String... options) throws IOException {
        return exportOf("alice", passphrase, options);
    }

    private static byte[] exportOf(String name, String passphrase, String... options) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret.txt"), passphrase + "\n");
        List<String> arguments = new ArrayList<>(List.of("pkcs12", "-export", "-out", "made.p12"));
        arguments.addAll(List.of("-inkey", name + ".key.pem", "-in", name + ".crt.pem"));
        arguments.addAll(List.of("-passout", "file:" + secret));
        arguments.addAll(List.of(options));
        openssl.run(arguments.toArray(String[]::new));
        return Files.readAllBytes(directory.resolve("made.p12"));
    }

    private static void isAlice(List<ImportedIdentity> found) throws Failure {
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().certificate()).isEqualTo(ALICE.certificate());
        assertThat(found.getFirst().privateKey()).isEqualTo(ALICE.privateKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-legacy",
                "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1",
                "-legacy -keypbe PBE-SHA1-RC2-128 -certpbe PBE-SHA1-2DES -macalg sha1",
                "-legacy -keypbe PBE-SHA1-RC4-128 -certpbe PBE-SHA1-RC4-40 -macalg sha1",
                "-keypbe AES-128-CBC -certpbe AES-192-CBC -macalg sha512",
                "-macalg sha384 -iter 100000",
                "-nomac",
                "-nomac -legacy",
                "-keypbe NONE -certpbe NONE",
            })
    void readsWhatOpensslWrites(String options) throws IOException, Failure {
        String[] split = options.isEmpty() ? new String[0] : options.split(" ");
        byte[] file = export("correct horse", split);
        isAlice(KeyFiles.read(file, "correct horse"));
        assertThat(KeyFiles.refusal(file, KeyFiles.typing("wrong horse"))).isEqualTo("wrong-passphrase");
    }

    @Test
    void asksNothingWhereNothingIsEncrypted() throws IOException, Failure {
        byte[] file = export("", "-keypbe", "NONE", "-certpbe", "NONE", "-nomac");
        isAlice(KeyFileReader.read(file, KeyFiles.NEVER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-legacy", "-nomac"})
    void readsAnEmptyPassphrase(String options) throws IOException, Failure {
        isAlice(KeyFiles.read(export("", options.isEmpty() ? new String[0] : new String[] {options}), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pässwörd", "пароль", "密码", "sleutel🔑"})
    void readsPassphrasesBeyondAscii(String passphrase) throws IOException, Failure {
        isAlice(KeyFiles.read(export(passphrase), passphrase));
        isAlice(KeyFiles.read(export(passphrase, "-legacy"), passphrase));
    }

    @Test
    void readsTheBytewisePassphraseOfOldOpenssl() throws IOException, Failure {
        // OpenSSL before 1.1 took each UTF-8 byte for a character: typing the mojibake today gives the same file.
        byte[] file = export("pÃ¤ss", "-legacy");
        isAlice(KeyFiles.read(file, "päss"));
    }

    @Test
    void givesTheChainNearestFirst() throws IOException, Failure {
        List<ImportedIdentity> found = KeyFiles.read(export("x", "-certfile", "alice.chain.pem"), "x");
        isAlice(found);
        assertThat(found.getFirst().chain()).isEqualTo(ALICE.chain());
    }

    @ParameterizedTest
    @EnumSource(names = {"P256", "P384", "P521", "ED25519", "X25519", "RSA_3072"})
    void readsKeysOfEachKind(KeyKind kind) throws Exception {
        TestIdentity bob = CA.issue(Spec.mail("Bob", "bob@example.org").key(kind));
        bob.writePem(directory, "bob");
        byte[] file = kind == KeyKind.X25519 ? jdkStore("x", bob) : exportOf("bob", "x");
        ImportedIdentity found = KeyFiles.read(file, "x").getFirst();
        assertThat(found.certificate()).isEqualTo(bob.certificate());
        assertThat(KeyFiles.read(file, "x").getFirst().privateKey().getAlgorithm())
                .isNotEmpty();
    }

    @Test
    void readsSeveralKeysInOneFile() throws Exception {
        TestIdentity bob = CA.issue(Spec.mail("Bob", "bob@example.org").key(KeyKind.P256));
        TestIdentity carol = CA.issue(Spec.mail("Carol", "carol@example.org"));
        List<ImportedIdentity> found = KeyFiles.read(jdkStore("changeit", ALICE, bob, carol), "changeit");
        assertThat(found)
                .extracting(ImportedIdentity::certificate)
                .containsExactlyInAnyOrder(ALICE.certificate(), bob.certificate(), carol.certificate());
        assertThat(found).allMatch(identity -> identity.chain().size() == 2);
    }

    @Test
    void readsBothCertificatesOfOneKey() throws Exception {
        TestIdentity renewed = CA.issue(Spec.mail("Alice again", "alice@example.org")
                .keyPair(new java.security.KeyPair(ALICE.certificate().getPublicKey(), ALICE.privateKey())));
        List<ImportedIdentity> found = KeyFiles.read(jdkStore("changeit", ALICE, renewed), "changeit");
        assertThat(found)
                .extracting(ImportedIdentity::certificate)
                .contains(ALICE.certificate(), renewed.certificate());
    }

    static byte[] jdkStore(String passphrase, TestIdentity... identities) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int alias = 0;
        for (TestIdentity identity : identities) {
            List<Certificate> chain = new ArrayList<>(List.of(identity.certificate()));
            chain.addAll(identity.chain());
            store.setKeyEntry(
                    "k" + alias++,
                    identity.privateKey(),
                    passphrase.toCharArray(),
                    chain.toArray(new X509Certificate[0]));
        }
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        store.store(out, passphrase.toCharArray());
        return out.toByteArray();
    }

    @Test
    void saysThatThereIsNoPrivateKey() throws IOException {
        openssl.run("pkcs12", "-export", "-nokeys", "-in", "alice.crt.pem", "-out", "nokeys.p12", "-passout", "pass:x");
        byte[] file = Files.readAllBytes(directory.resolve("nokeys.p12"));
        assertThat(KeyFiles.refusal(file, KeyFiles.typing("x"))).isEqualTo("no-private-key");
    }

    @Test
    void saysThatACertificateHasNoPrivateKey() throws Exception {
        assertThat(KeyFiles.refusal(ALICE.certificate().getEncoded(), KeyFiles.NEVER))
                .isEqualTo("no-private-key");
    }

    @Test
    void saysThatTheKeyHasNoCertificate() throws IOException {
        openssl.run(
                "pkcs12", "-export", "-nocerts", "-inkey", "alice.key.pem", "-out", "nocert.p12", "-passout", "pass:x");
        byte[] file = Files.readAllBytes(directory.resolve("nocert.p12"));
        assertThat(KeyFiles.refusal(file, KeyFiles.typing("x"))).isEqualTo("key-certificate-mismatch");
    }

    @Test
    void saysThatTheKeyTypeIsUnknown() throws Exception {
        TestIdentity dsa = CA.issue(Spec.mail("Dora", "dora@example.org").key(KeyKind.DSA_2048));
        dsa.writePem(directory, "dora");
        assertThat(KeyFiles.refusal(exportOf("dora", "x"), KeyFiles.typing("x")))
                .isEqualTo("unknown-algorithm");
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] file = export("x", "-iter", "1");
        for (int length = 1; length < file.length; length += 7) {
            assertThat(KeyFiles.refusal(Arrays.copyOf(file, length), KeyFiles.typing("x")))
                    .as("cut at %s", length)
                    .isEqualTo("damaged");
        }
        assertThat(KeyFiles.refusal(new byte[0], KeyFiles.NEVER)).isEqualTo("not-a-key-file");
    }

    @Test
    void everyChangedByteIsRefusedOrHarmless() throws IOException, Failure {
        byte[] file = export("x", "-iter", "1");
        List<Integer> harmless = new ArrayList<>();
        for (int at = 0; at < file.length; at++) {
            byte[] changed = file.clone();
            changed[at] ^= 0x55;
            Object outcome = KeyFiles.refusal(changed, KeyFiles.typing("x"));
            assertThat(outcome).as("changed at %s", at).isNotNull();
            if (outcome.equals("read")) {
                harmless.add(at);
            }
        }
        // The MAC does not cover its own algorithm's parameters, NULL, which say nothing.
        assertThat(harmless).hasSizeLessThanOrEqualTo(1).allSatisfy(at -> {
            assertThat(at).isGreaterThan(file.length - 64);
            assertThat(new byte[] {file[at], file[at + 1]}).containsExactly(5, 0);
        });
    }

    @Test
    void refusesIterationsOverTheLimitBeforeComputing() throws IOException {
        long before = System.nanoTime();
        byte[] file = export("x", "-iter", "1", "-maciter");
        // INTEGER 2048 of the MAC becomes one past the limit.
        byte[] huge = iterationsOfMac(file, PasswordKeys.MAX_ITERATIONS + 1);
        assertThat(KeyFiles.refusal(huge, KeyFiles.typing("x"))).isEqualTo("iteration-limit");
        assertThat(System.nanoTime() - before).isLessThan(3_000_000_000L);
    }

    private static byte[] iterationsOfMac(byte[] file, int iterations) throws IOException {
        org.bouncycastle.asn1.pkcs.Pfx pfx = org.bouncycastle.asn1.pkcs.Pfx.getInstance(file);
        return new org.bouncycastle.asn1.pkcs.Pfx(
                        pfx.getAuthSafe(),
                        new org.bouncycastle.asn1.pkcs.MacData(
                                pfx.getMacData().getMac(), pfx.getMacData().getSalt(), iterations))
                .getEncoded();
    }

    @Test
    void readsAFileAtTheSizeLimitAndNotPastIt() {
        byte[] zeros = new byte[KeyFileReader.MAX_FILE_BYTES];
        assertThat(KeyFiles.refusal(zeros, KeyFiles.NEVER)).isEqualTo("not-a-key-file");
        assertThat(KeyFiles.refusal(new byte[KeyFileReader.MAX_FILE_BYTES + 1], KeyFiles.NEVER))
                .isEqualTo("too-large");
    }

    @Test
    void deepNestingIsRefused() {
        byte[] deep = new byte[1 << 20];
        for (int i = 0; i < deep.length; i += 2) {
            deep[i] = 0x30;
            deep[i + 1] = (byte) 0x80;
        }
        assertThat(KeyFiles.refusal(deep, KeyFiles.NEVER)).isEqualTo("damaged");
    }
}
