package org.zegel.store.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.Test;
import org.zegel.consent.TestConsent;
import org.zegel.fixtures.Needs;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.SignatureScheme;
import org.zegel.store.BoundKey;
import org.zegel.store.RsaDecryption;
import org.zegel.store.Store;
import org.zegel.store.cryptoki.ModuleSpec;
import org.zegel.store.pkcs11.FoundModules.FoundModule;

/** What Zegel does with a token's keys, checked with the JDK's own cryptography. */
class TokenKeysTest extends SoftTokenFixture {
    private static final byte[] MESSAGE = "signed attributes".getBytes(StandardCharsets.UTF_8);

    private BoundKey bind(TestIdentity of) throws Failure {
        Store store = store();
        Identity identity = identity(store, of);
        return store.bind(identity, TestConsent.granting(identity, PIN));
    }

    @Test
    void doesWhatTheTableSays() throws Exception {
        AlgorithmRow.isInTheDocs("SoftHSM", store(), PIN);
    }

    /** Which the finder leaves out, but a person may name. */
    @Test
    void doesTheSameThroughTheProxyOfP11Kit() throws Exception {
        Path proxy = Needs.file(Path.of("/usr/lib/x86_64-linux-gnu/p11-kit-proxy.so"));
        Pkcs11Stores through = new Pkcs11Stores(
                () -> List.of(new FoundModule(new ModuleSpec("p11-kit", proxy, null), null)),
                modules,
                clock,
                MINUTES,
                () -> true);
        assertThat(store(through).id()).isEqualTo(store().id());
        AlgorithmRow.isInTheDocs("SoftHSM through p11-kit-proxy", store(through), PIN);
    }

    @Test
    void signsWithEverySchemeSoThatOthersVerify() throws Exception {
        signsAs(RSA, SignatureScheme.Kind.RSA_PKCS1);
        signsAs(RSA, SignatureScheme.Kind.RSA_PSS);
        signsAs(P256, SignatureScheme.Kind.ECDSA);
        signsAs(P384, SignatureScheme.Kind.ECDSA);
        signsAs(ED25519, SignatureScheme.Kind.ED25519);
    }

    private void signsAs(TestIdentity of, SignatureScheme.Kind kind) throws Exception {
        try (BoundKey key = bind(of)) {
            for (Digest digest : Digest.values()) {
                SignatureScheme scheme = new SignatureScheme(kind, digest);
                assertThat(key.supports(scheme)).as("%s", scheme).isTrue();
                Signature verifier = verifier(kind, digest);
                verifier.initVerify(of.certificate());
                verifier.update(MESSAGE);
                assertThat(verifier.verify(key.sign(scheme, MESSAGE)))
                        .as("%s", scheme)
                        .isTrue();
            }
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
    void refusesWhatTheKeyCannotDo() throws Exception {
        try (BoundKey key = bind(P256)) {
            SignatureScheme rsa = new SignatureScheme(SignatureScheme.Kind.RSA_PSS, Digest.SHA256);
            assertThat(key.supports(rsa)).isFalse();
            assertThat(key.decryption()).isEmpty();
            assertThat(failing(() -> key.sign(rsa, MESSAGE)).kind()).isEqualTo(Failure.Kind.IDENTITY_UNSUITABLE);
        }
        try (BoundKey key = bind(RSA)) {
            SignatureScheme rsa = new SignatureScheme(SignatureScheme.Kind.RSA_PKCS1, Digest.SHA256);
            assertThat(key.agreement()).isEmpty();
            assertThat(key.sign(rsa, new byte[BoundKey.MAX_TO_BE_SIGNED])).hasSize(256);
            assertThat(failing(() -> key.sign(rsa, new byte[BoundKey.MAX_TO_BE_SIGNED + 1]))
                            .kind())
                    .isEqualTo(Failure.Kind.CONTENT_TOO_LARGE);
        }
    }

    @Test
    void decryptsPkcs1AndSaysNothingOfBadPadding() throws Exception {
        byte[] secret = random(32);
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, RSA.certificate().getPublicKey());
        byte[] encrypted = cipher.doFinal(secret);
        try (BoundKey key = bind(RSA)) {
            RsaDecryption decryption = key.decryption().orElseThrow();
            assertThat(decryption.pkcs1(encrypted)).isEqualTo(secret);
            bad(encrypted).forEach(wrong -> cannotDecrypt(() -> decryption.pkcs1(wrong)));
        }
    }

    @Test
    void decryptsOaepWithEveryDigestAlsoWhereTheTokenKnowsOne() throws Exception {
        byte[] secret = random(32);
        byte[] label = {1, 2, 3};
        try (BoundKey key = bind(RSA)) {
            RsaDecryption decryption = key.decryption().orElseThrow();
            for (String digest : List.of("SHA-1", "SHA-256", "SHA-384", "SHA-512")) {
                for (String mask : List.of("SHA-1", digest)) {
                    byte[] encrypted = oaep(secret, digest, mask, label);
                    assertThat(decryption.oaep(encrypted, digest, mask, label))
                            .as("%s, mask %s", digest, mask)
                            .isEqualTo(secret);
                    cannotDecrypt(() -> decryption.oaep(encrypted, digest, mask, new byte[0]));
                    bad(encrypted).forEach(wrong -> cannotDecrypt(() -> decryption.oaep(wrong, digest, mask, label)));
                }
            }
            cannotDecrypt(() -> decryption.oaep(new byte[256], "MD5", "MD5", label));
        }
    }

    private static byte[] oaep(byte[] secret, String digest, String mask, byte[] label) throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                RSA.certificate().getPublicKey(),
                new OAEPParameterSpec(digest, "MGF1", new MGF1ParameterSpec(mask), new PSource.PSpecified(label)));
        return cipher.doFinal(secret);
    }

    /** Other bytes of the same length, others, and none. */
    private static Stream<byte[]> bad(byte[] encrypted) {
        byte[] changed = encrypted.clone();
        changed[100] ^= 1;
        byte[] large = new byte[256];
        Arrays.fill(large, (byte) 0xff);
        return Stream.of(changed, large, new byte[256], Arrays.copyOf(encrypted, 100), new byte[257], new byte[0]);
    }

    /** Always in the same words. */
    private static void cannotDecrypt(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Failure failure = failing(call);
        assertThat(failure.kind()).isEqualTo(Failure.Kind.CANNOT_DECRYPT);
        assertThat(failure.getMessage()).isEqualTo("The message cannot be decrypted with this key.");
        assertThat(failure.getCause()).isNull();
    }

    @Test
    void agreesOnAKeyWithThoseOfItsCurveAlone() throws Exception {
        for (TestIdentity own : List.of(P256, P384)) {
            ECPublicKey publicKey = (ECPublicKey) own.certificate().getPublicKey();
            KeyPair other = pair("EC", publicKey);
            try (BoundKey key = bind(own)) {
                byte[] secret = key.agreement().orElseThrow().agree(other.getPublic());
                assertThat(secret).isEqualTo(shared(other.getPrivate(), publicKey));
            }
        }
        try (BoundKey key = bind(P256)) {
            PublicKey strange = P384.certificate().getPublicKey();
            cannotDecrypt(() -> key.agreement().orElseThrow().agree(strange));
            cannotDecrypt(
                    () -> key.agreement().orElseThrow().agree(RSA.certificate().getPublicKey()));
        }
    }

    private static KeyPair pair(String algorithm, ECPublicKey like) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(like.getParams());
        return generator.generateKeyPair();
    }

    private static byte[] shared(PrivateKey own, PublicKey other) throws Exception {
        javax.crypto.KeyAgreement agreement = javax.crypto.KeyAgreement.getInstance("ECDH");
        agreement.init(own);
        agreement.doPhase(other, true);
        return agreement.generateSecret();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    @Test
    void signsForFourAtOnceAfterOnePin() throws Exception {
        Store store = store();
        Identity alice = identity(store, RSA);
        TestConsent person = TestConsent.person(PIN);
        SignatureScheme scheme = new SignatureScheme(SignatureScheme.Kind.RSA_PKCS1, Digest.SHA256);
        Callable<byte[]> signing = () -> {
            try (BoundKey key = store.bind(alice, person.forKeyUse(alice))) {
                return key.sign(scheme, MESSAGE);
            }
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            byte[] first = signing.call();
            for (Future<byte[]> each : threads.invokeAll(java.util.Collections.nCopies(16, signing))) {
                assertThat(each.get()).isEqualTo(first);
            }
        }
        assertThat(person.asked()).hasSize(1);
    }
}
