package org.zegel.store.pkcs12;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.consent.ConsentGranted;
import org.zegel.consent.TestConsent;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.OpenSsl;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.Identity.KeyUse;
import org.zegel.model.SignatureScheme;
import org.zegel.store.BoundKey;
import org.zegel.store.KeyAgreement;

class SoftwareKeyTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
    private static final TestAuthority CA = TestAuthority.root("Root");
    private static final byte[] MESSAGE = "signed attributes".getBytes(StandardCharsets.UTF_8);

    private static TestIdentity issue(KeyKind kind) {
        return CA.issue(Spec.mail("Alice", "alice@example.org").key(kind));
    }

    private static BoundKey bind(TestIdentity made) throws Failure {
        MemoryStore store = new MemoryStore("test", CLOCK);
        Identity identity = store.add(made.privateKey(), made.certificate(), made.chain());
        return store.bind(identity, TestConsent.granting(identity));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA_2048,RSA_PKCS1",
        "RSA_3072,RSA_PSS",
        "P256,ECDSA",
        "P384,ECDSA",
        "P521,ECDSA",
        "ED25519,ED25519",
    })
    void signsWithEveryDigestSoThatOthersVerify(KeyKind kind, SignatureScheme.Kind scheme) throws Exception {
        TestIdentity alice = issue(kind);
        BoundKey key = bind(alice);
        for (Digest digest : Digest.values()) {
            byte[] signature = key.sign(new SignatureScheme(scheme, digest), MESSAGE);
            Signature verifier = verifier(scheme, digest);
            verifier.initVerify(alice.certificate());
            verifier.update(MESSAGE);
            assertThat(verifier.verify(signature)).as("%s", digest).isTrue();
        }
    }

    private static Signature verifier(SignatureScheme.Kind scheme, Digest digest) throws Exception {
        String hash = digest.algorithm().replace("-", "");
        return switch (scheme) {
            case RSA_PKCS1 -> Signature.getInstance(hash + "withRSA");
            case ECDSA -> Signature.getInstance(hash + "withECDSA");
            case ED25519 -> Signature.getInstance("Ed25519");
            case RSA_PSS -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                int salt = Integer.parseInt(hash.substring(3)) / 8;
                pss.setParameter(new PSSParameterSpec(
                        digest.algorithm(), "MGF1", new MGF1ParameterSpec(digest.algorithm()), salt, 1));
                yield pss;
            }
        };
    }

    @Test
    void supportsOnlyWhatTheKeyCanDo() throws Failure {
        SignatureScheme ecdsa = new SignatureScheme(SignatureScheme.Kind.ECDSA, Digest.SHA256);
        BoundKey rsa = bind(issue(KeyKind.RSA_1024));
        assertThat(rsa.supports(ecdsa)).isFalse();
        assertThat(rsa.supports(new SignatureScheme(SignatureScheme.Kind.RSA_PSS, Digest.SHA384)))
                .isTrue();
        assertThat(rsa.supports(new SignatureScheme(SignatureScheme.Kind.RSA_PSS, Digest.SHA512)))
                .isFalse();
        assertThat(rsa.agreement()).isEmpty();
        assertThat(bind(issue(KeyKind.X25519)).supports(ecdsa)).isFalse();
        Failure refused = catchThrowableOfType(Failure.class, () -> rsa.sign(ecdsa, MESSAGE));
        assertThat(refused.kind()).isEqualTo(Failure.Kind.IDENTITY_UNSUITABLE);
    }

    @Test
    void signsUpToTheLimitAndNotPastIt() throws Failure {
        BoundKey key = bind(issue(KeyKind.P256));
        SignatureScheme scheme = new SignatureScheme(SignatureScheme.Kind.ECDSA, Digest.SHA256);
        assertThat(key.sign(scheme, new byte[BoundKey.MAX_TO_BE_SIGNED])).isNotEmpty();
        assertThatThrownBy(() -> key.sign(scheme, new byte[BoundKey.MAX_TO_BE_SIGNED + 1]))
                .isInstanceOf(Failure.class);
    }

    @Test
    void decryptsPkcs1AndSaysNothingOfBadPadding() throws Exception {
        TestIdentity alice = issue(KeyKind.RSA_2048);
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, alice.certificate().getPublicKey());
        byte[] encrypted = cipher.doFinal(secret);
        var rsa = bind(alice).decryption().orElseThrow();
        assertThat(rsa.pkcs1(encrypted)).isEqualTo(secret);
        for (byte[] bad : new byte[][] {new byte[256], changed(encrypted), Arrays.copyOf(encrypted, 100), {}}) {
            Failure failure = catchThrowableOfType(Failure.class, () -> rsa.pkcs1(bad));
            assertThat(failure.kind()).isEqualTo(Failure.Kind.CANNOT_DECRYPT);
            assertThat(failure.getCause()).isNull();
        }
    }

    private static byte[] changed(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[10] ^= 1;
        return changed;
    }

    @ParameterizedTest
    @CsvSource({"SHA-1,SHA-1,''", "SHA-256,SHA-256,''", "SHA-256,SHA-1,label", "SHA-512,SHA-256,''"})
    void decryptsOaep(String digest, String mask, String label) throws Exception {
        TestIdentity alice = issue(KeyKind.RSA_2048);
        byte[] labelBytes = label.getBytes(StandardCharsets.UTF_8);
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                alice.certificate().getPublicKey(),
                new OAEPParameterSpec(digest, "MGF1", new MGF1ParameterSpec(mask), new PSource.PSpecified(labelBytes)));
        byte[] encrypted = cipher.doFinal(MESSAGE);
        var rsa = bind(alice).decryption().orElseThrow();
        assertThat(rsa.oaep(encrypted, digest, mask, labelBytes)).isEqualTo(MESSAGE);
        assertThatThrownBy(() -> rsa.oaep(encrypted, digest, mask, new byte[] {1}))
                .isInstanceOf(Failure.class);
        assertThatThrownBy(() -> rsa.oaep(encrypted, "NO-SUCH", mask, labelBytes))
                .isInstanceOf(Failure.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"P256", "P384", "P521", "X25519"})
    void bothSidesAgreeOnTheSameSecret(KeyKind kind) throws Exception {
        TestIdentity alice = issue(kind);
        TestIdentity bob = issue(kind);
        byte[] one = agreement(alice).agree(bob.certificate().getPublicKey());
        byte[] other = agreement(bob).agree(alice.certificate().getPublicKey());
        int size = kind == KeyKind.P256 || kind == KeyKind.X25519 ? 32 : kind == KeyKind.P384 ? 48 : 66;
        assertThat(one).isEqualTo(other).hasSize(size);
    }

    private static KeyAgreement agreement(TestIdentity identity) throws Failure {
        return bind(identity).agreement().orElseThrow();
    }

    @Test
    void agreesOverX448() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("X448");
        KeyPair one = generator.generateKeyPair();
        KeyPair two = generator.generateKeyPair();
        byte[] z = new SoftwareAgreement(one.getPrivate(), false).agree(two.getPublic());
        assertThat(new SoftwareAgreement(two.getPrivate(), false).agree(one.getPublic()))
                .isEqualTo(z)
                .hasSize(56);
    }

    @Test
    void refusesPointsOfOtherCurvesAndOffTheCurveAndOfSmallOrder() throws Exception {
        TestIdentity alice = issue(KeyKind.P256);
        KeyPairGenerator other = KeyPairGenerator.getInstance("EC");
        other.initialize(new ECGenParameterSpec("secp384r1"));
        cannotAgree(alice, other.generateKeyPair().getPublic());
        byte[] off = alice.certificate().getPublicKey().getEncoded();
        off[off.length - 1] ^= 1;
        cannotAgree(alice, encoded(off));
        TestIdentity x = issue(KeyKind.X25519);
        byte[] zero = x.certificate().getPublicKey().getEncoded();
        Arrays.fill(zero, zero.length - 32, zero.length, (byte) 0);
        cannotAgree(x, encoded(zero));
        cannotAgree(x, alice.certificate().getPublicKey());
    }

    private static PublicKey encoded(byte[] bytes) {
        return new PublicKey() {
            @Override
            public String getAlgorithm() {
                return "raw";
            }

            @Override
            public String getFormat() {
                return "X.509";
            }

            @Override
            public byte[] getEncoded() {
                return bytes;
            }
        };
    }

    private static void cannotAgree(TestIdentity own, PublicKey other) throws Failure {
        KeyAgreement agreement = agreement(own);
        Failure failure = catchThrowableOfType(Failure.class, () -> agreement.agree(other));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.CANNOT_DECRYPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"brainpoolP256r1", "brainpoolP384r1"})
    void signsWithCurvesTheJdkLacks(String curve, @TempDir Path directory) throws Exception {
        OpenSsl openssl = new OpenSsl(directory);
        byte[] pem = openssl.run("ecparam", "-name", curve, "-genkey", "-noout");
        Files.write(directory.resolve("bp.pem"), pem);
        byte[] certificate = openssl.run("req", "-x509", "-new", "-key", "bp.pem", "-subj", "/CN=BP", "-out", "bp.crt");
        Files.write(directory.resolve("bp.pub"), openssl.run("ec", "-in", "bp.pem", "-pubout"));
        byte[] both = KeyFiles.concat(pem, Files.readAllBytes(directory.resolve("bp.crt")), certificate);
        ImportedIdentity found = KeyFileReader.read(both, KeyFiles.NEVER).getFirst();
        BoundKey key = bind(new TestIdentity(found.certificate(), found.privateKey(), found.chain()));
        Files.write(directory.resolve("message"), MESSAGE);
        Files.write(
                directory.resolve("signature"),
                key.sign(new SignatureScheme(SignatureScheme.Kind.ECDSA, Digest.SHA384), MESSAGE));
        openssl.run("dgst", "-sha384", "-verify", "bp.pub", "-signature", "signature", "message");
        assertThat(key.agreement().orElseThrow().agree(found.certificate().getPublicKey()))
                .isNotEmpty();
    }

    @Test
    void usesFollowKeyUsageAndAlgorithm() throws Failure {
        int sign = org.bouncycastle.asn1.x509.KeyUsage.digitalSignature;
        int encipher = org.bouncycastle.asn1.x509.KeyUsage.keyEncipherment;
        assertThat(uses(Spec.mail("a").keyUsage(sign))).isEqualTo(Set.of(KeyUse.SIGN));
        assertThat(uses(Spec.mail("a").keyUsage(encipher))).isEqualTo(Set.of(KeyUse.DECRYPT));
        assertThat(uses(Spec.mail("a").withoutKeyUsage())).isEqualTo(Set.of(KeyUse.SIGN, KeyUse.DECRYPT));
        assertThat(uses(Spec.mail("a").key(KeyKind.P256))).isEqualTo(Set.of(KeyUse.SIGN, KeyUse.AGREE));
        assertThat(uses(Spec.mail("a").key(KeyKind.P256).keyUsage(encipher))).isEqualTo(Set.of(KeyUse.AGREE));
        assertThat(uses(Spec.mail("a").key(KeyKind.ED25519).withoutKeyUsage())).isEqualTo(Set.of(KeyUse.SIGN));
        assertThat(uses(Spec.mail("a").key(KeyKind.X25519).withoutKeyUsage())).isEqualTo(Set.of(KeyUse.AGREE));
        assertThat(uses(Spec.mail("a").key(KeyKind.DSA_2048))).isEmpty();
    }

    private static Set<KeyUse> uses(Spec spec) {
        return org.zegel.store.KeyUses.of(CA.issue(spec).certificate());
    }

    @Test
    void aNamedKeyNeedsAConsentForItselfToo() throws Failure {
        MemoryStore store = new MemoryStore("test", CLOCK);
        TestIdentity made = issue(KeyKind.P256);
        TestIdentity other = issue(KeyKind.P256);
        Identity one = store.add(made.privateKey(), made.certificate(), made.chain());
        Identity two = store.add(other.privateKey(), other.certificate(), other.chain());
        for (ConsentGranted wrong : List.of(TestConsent.granting(two), TestConsent.change())) {
            Failure refused = catchThrowableOfType(Failure.class, () -> store.bind(one, wrong));
            assertThat(refused.kind()).isEqualTo(Failure.Kind.CONSENT_DENIED);
        }
    }

    @Test
    void expiredMeansRetired() throws Failure {
        TestIdentity old = CA.issue(Spec.mail("Old", "old@example.org")
                .validity(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2021-01-01T00:00:00Z")));
        MemoryStore store = new MemoryStore("test", CLOCK);
        assertThat(store.add(old.privateKey(), old.certificate(), old.chain()).retired())
                .isTrue();
        TestIdentity alice = issue(KeyKind.P256);
        assertThat(store.add(alice.privateKey(), alice.certificate(), alice.chain())
                        .retired())
                .isFalse();
        assertThat(store.identities()).hasSize(2);
        assertThat(store.id().value()).startsWith("file-");
    }
}
