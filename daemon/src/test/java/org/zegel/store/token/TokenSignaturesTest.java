package org.zegel.store.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.zegel.model.Digest;
import org.zegel.model.SignatureScheme;
import org.zegel.store.cryptoki.KeyType;
import org.zegel.store.cryptoki.Mechanism;

/** RSA signatures where a token can do less than is asked for. */
class TokenSignaturesTest {
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final long RAW = new Mechanism.RsaRaw().id();
    private static final long SHA256_RSA = 0x40;

    private static KeyPair pair;

    @BeforeAll
    static void makeKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
    }

    /** A token with nothing but these mechanisms. */
    private record Little(Set<Long> mechanisms) implements PrivateOperations {
        @Override
        public boolean has(Mechanism mechanism) {
            return mechanisms.contains(mechanism.id());
        }

        @Override
        public byte[] sign(Mechanism mechanism, byte[] data) {
            try {
                return switch (mechanism) {
                    case Mechanism.RsaRaw _ -> raw(data);
                    case Mechanism.RsaPkcs1Digesting digesting -> {
                        String hash = digesting.hash().algorithm().replace("-", "");
                        Signature signature = Signature.getInstance(hash + "withRSA");
                        signature.initSign(pair.getPrivate());
                        signature.update(data);
                        yield signature.sign();
                    }
                    default -> throw new AssertionError(mechanism);
                };
            } catch (GeneralSecurityException impossible) {
                throw new AssertionError(impossible);
            }
        }

        private static byte[] raw(byte[] data) {
            RSAPrivateKey key = (RSAPrivateKey) pair.getPrivate();
            assertThat(data).hasSize(256);
            byte[] bytes = new BigInteger(1, data)
                    .modPow(key.getPrivateExponent(), key.getModulus())
                    .toByteArray();
            return bytes.length > 256 ? java.util.Arrays.copyOfRange(bytes, 1, 257) : RsaBlocks.leftPad(bytes, 256);
        }

        @Override
        public byte[] decrypt(Mechanism mechanism, byte[] data) {
            throw new AssertionError();
        }

        @Override
        public byte[] derive(byte[] point) {
            throw new AssertionError();
        }
    }

    private static TokenSignatures of(Long... mechanisms) {
        return new TokenSignatures(new Little(Set.of(mechanisms)), KeyType.RSA, pair.getPublic());
    }

    private static void isVerified(Signature verifier, byte[] signature) throws GeneralSecurityException {
        verifier.initVerify(pair.getPublic());
        verifier.update(MESSAGE);
        assertThat(verifier.verify(signature)).isTrue();
    }

    @Test
    void makesBothKindsOfTheBareOperation() throws Exception {
        for (Digest digest : Digest.values()) {
            SignatureScheme pkcs1 = new SignatureScheme(SignatureScheme.Kind.RSA_PKCS1, digest);
            SignatureScheme pss = new SignatureScheme(SignatureScheme.Kind.RSA_PSS, digest);
            assertThat(of(RAW).supports(pkcs1)).isTrue();
            assertThat(of(RAW).supports(pss)).isTrue();
            String hash = digest.algorithm().replace("-", "");
            isVerified(Signature.getInstance(hash + "withRSA"), of(RAW).sign(pkcs1, MESSAGE));
            Signature verifier = Signature.getInstance("RSASSA-PSS");
            verifier.setParameter(new PSSParameterSpec(
                    digest.algorithm(), "MGF1", new MGF1ParameterSpec(digest.algorithm()), Digests.length(digest), 1));
            isVerified(verifier, of(RAW).sign(pss, MESSAGE));
        }
    }

    @Test
    void letsTheTokenDigestWhereItWantsTo() throws Exception {
        SignatureScheme pkcs1 = new SignatureScheme(SignatureScheme.Kind.RSA_PKCS1, Digest.SHA256);
        assertThat(of(SHA256_RSA).supports(pkcs1)).isTrue();
        isVerified(Signature.getInstance("SHA256withRSA"), of(SHA256_RSA).sign(pkcs1, MESSAGE));
    }

    @Test
    void saysWhatTheTokenCannotDo() {
        assertThat(of(SHA256_RSA).supports(new SignatureScheme(SignatureScheme.Kind.RSA_PKCS1, Digest.SHA512)))
                .isFalse();
        assertThat(of(SHA256_RSA).supports(new SignatureScheme(SignatureScheme.Kind.RSA_PSS, Digest.SHA256)))
                .isFalse();
        assertThat(of(RAW).supports(new SignatureScheme(SignatureScheme.Kind.ECDSA, Digest.SHA256)))
                .isFalse();
    }
}
