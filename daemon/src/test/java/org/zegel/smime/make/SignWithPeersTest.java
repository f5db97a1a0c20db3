package org.zegel.smime.make;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
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
import org.zegel.model.Digest;
import org.zegel.smime.SignOptions;
import org.zegel.smime.SignOptions.Mode;

/** What we sign, others verify; and what the person wrote is what they read. */
final class SignWithPeersTest {
    private static final TestAuthority ROOT = TestAuthority.root("Root");
    private static final TestAuthority CA = ROOT.subordinate("CA");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));

    @TempDir
    Path directory;

    private Made made;
    private OpenSsl openSsl;

    @BeforeEach
    void prepare() throws Exception {
        made = new Made(directory);
        openSsl = new OpenSsl(directory);
        Files.writeString(directory.resolve("root.pem"), TestIdentity.pem(ROOT.certificate()));
    }

    static Stream<Arguments> samples() {
        return Samples.all().entrySet().stream()
                .flatMap(sample ->
                        Stream.of(Mode.values()).map(mode -> Arguments.of(sample.getKey(), mode, sample.getValue())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("samples")
    void openSslVerifiesEverySampleAndReadsWhatWasWritten(String name, Mode mode, byte[] message) throws Exception {
        byte[] signed = made.sign(message, ALICE, Made.options(mode));
        byte[] entity = verify(signed);
        assertThat(Leaves.of(entity)).isEqualTo(Leaves.of(message));
        assertOnlyCanonicalLines(signed);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void aClearSignatureIsSafeForMailServers(String name, Mode mode, byte[] message) throws Exception {
        byte[] signed = made.sign(message, ALICE, Made.options(mode));
        String text = new String(signed, ISO_8859_1);
        String body = text.substring(text.indexOf("\r\n\r\n"));
        // A header in UTF-8 travels only where mail may be UTF-8 (RFC 6531), and so may its copy inside.
        if (!name.equals("unicode header")) {
            assertThat(body.chars().allMatch(c -> c > 0 && c < 128)).isTrue();
        }
        assertThat(body.lines()).allMatch(line -> line.length() <= 998 && !line.startsWith("From "));
    }

    static Stream<Arguments> schemes() {
        return Stream.of(KeyKind.RSA_2048, KeyKind.RSA_3072, KeyKind.P256, KeyKind.P384, KeyKind.P521)
                .flatMap(kind -> Stream.of(Digest.values()).map(digest -> Arguments.of(kind, digest)));
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void openSslVerifiesEveryKindOfKeyAndDigest(KeyKind kind, Digest digest) throws Exception {
        TestIdentity signer = CA.issue(Spec.mail("Alice", "alice@example.org").key(kind));
        byte[] message = Samples.all().get("attachments");
        for (Mode mode : Mode.values()) {
            byte[] signed = made.sign(message, signer, new SignOptions(mode, digest, false, Made.NOW));
            assertThat(Leaves.of(verify(signed))).isEqualTo(Leaves.of(message));
            if (mode == Mode.DETACHED) {
                Digest used = kind == KeyKind.P521
                        ? Digest.SHA512
                        : kind == KeyKind.P384 && digest == Digest.SHA256 ? Digest.SHA384 : digest;
                assertThat(new String(signed, ISO_8859_1))
                        .contains(" micalg=" + used.algorithm().toLowerCase(Locale.ROOT) + ";");
            }
        }
    }

    /** OpenSSL 3.0 does not verify Ed25519 in CMS, Bouncy Castle does. */
    @Test
    void bouncyCastleVerifiesEd25519WithSha512() throws Exception {
        TestIdentity signer = CA.issue(Spec.mail("Alice", "alice@example.org").key(KeyKind.ED25519));
        byte[] data = Samples.noise(1000);
        for (Mode mode : Mode.values()) {
            byte[] signed = made.signBytes(data, signer, Made.options(mode));
            CMSSignedData parsed = mode == Mode.DETACHED
                    ? new CMSSignedData(new CMSProcessableByteArray(data), signed)
                    : new CMSSignedData(signed);
            SignerInformation info = parsed.getSignerInfos().iterator().next();
            assertThat(info.verify(new JcaSimpleSignerInfoVerifierBuilder().build(signer.certificate())))
                    .isTrue();
            assertThat(info.getDigestAlgOID()).isEqualTo(NISTObjectIdentifiers.id_sha512.getId());
        }
        byte[] message = made.sign(Samples.all().get("plain"), signer, Made.options(Mode.DETACHED));
        assertThat(new String(message, ISO_8859_1)).contains(" micalg=sha-512;");
    }

    @ParameterizedTest
    @EnumSource(Digest.class)
    void openSslVerifiesPss(Digest digest) throws Exception {
        byte[] message = Samples.all().get("8-bit");
        byte[] signed = made.sign(message, ALICE, new SignOptions(Mode.DETACHED, digest, true, Made.NOW));
        assertThat(Leaves.of(verify(signed))).isEqualTo(Leaves.of(message));
        Files.write(directory.resolve("m.eml"), signed);
        assertThat(new String(openSsl.run("cms", "-cmsout", "-print", "-in", "m.eml"), ISO_8859_1))
                .contains("rsassaPss");
    }

    @Test
    void openSslRefusesAnAlteredMessage() throws Exception {
        byte[] signed = made.sign(Samples.all().get("plain"), ALICE, Made.options(Mode.DETACHED));
        byte[] altered =
                new String(signed, ISO_8859_1).replace("Hello Bob", "Hello Rob").getBytes(ISO_8859_1);
        Files.write(directory.resolve("m.eml"), altered);
        assertThat(openSsl.tryRun("cms", "-verify", "-in", "m.eml", "-CAfile", "root.pem", "-out", "e")
                        .succeeded())
                .isFalse();
    }

    @Test
    void openSslSmimeVerifiesWithoutTheCmsCommand() throws Exception {
        Files.write(
                directory.resolve("m.eml"),
                made.sign(Samples.all().get("attachments"), ALICE, Made.options(Mode.DETACHED)));
        openSsl.run("smime", "-verify", "-in", "m.eml", "-CAfile", "root.pem", "-out", "entity");
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyKind.class,
            names = {"RSA_2048", "P256", "P384"})
    void gpgsmVerifiesBareCms(KeyKind kind) throws Exception {
        TestIdentity signer = CA.issue(Spec.mail("Alice", "alice@example.org").key(kind));
        byte[] data = Samples.noise(50_000);
        Files.write(directory.resolve("data"), data);
        Files.write(directory.resolve("data.p7s"), made.signBytes(data, signer, Made.options(Mode.DETACHED)));
        Files.write(directory.resolve("data.p7m"), made.signBytes(data, signer, Made.options(Mode.OPAQUE)));
        try (Gpgsm gpgsm = new Gpgsm(directory, ROOT.certificate())) {
            assertThat(gpgsm.run("--verify", "data.p7s", "data")).isEmpty();
            gpgsm.run("--output", "out", "--verify", "data.p7m");
            assertThat(Files.readAllBytes(directory.resolve("out"))).isEqualTo(data);
            Files.write(directory.resolve("data"), new byte[] {1});
            assertThat(gpgsm.tryRun("--verify", "data.p7s", "data").succeeded()).isFalse();
        }
    }

    @Test
    void sendsIntermediatesAlongButNoRoot() throws Exception {
        Files.write(directory.resolve("s.p7s"), made.signBytes(new byte[] {1}, ALICE, Made.options(Mode.DETACHED)));
        String printed = new String(
                openSsl.run("pkcs7", "-inform", "DER", "-in", "s.p7s", "-print_certs", "-noout"), ISO_8859_1);
        assertThat(printed.lines().filter(line -> line.startsWith("subject")).map(line -> line.replaceAll(".*= ?", "")))
                .containsExactlyInAnyOrderElementsOf(List.of("Alice", "CA"));
    }

    private byte[] verify(byte[] signed) throws Exception {
        Files.write(directory.resolve("m.eml"), signed);
        openSsl.run("cms", "-verify", "-in", "m.eml", "-CAfile", "root.pem", "-binary", "-crlfeol", "-out", "entity");
        byte[] entity = Files.readAllBytes(directory.resolve("entity"));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes("MIME-Version: 1.0\r\n".getBytes(ISO_8859_1));
        whole.writeBytes(entity);
        return whole.toByteArray();
    }

    private static void assertOnlyCanonicalLines(byte[] message) {
        String text = new String(message, ISO_8859_1);
        assertThat(text.replace("\r\n", "")).doesNotContain("\n", "\r");
    }
}
