package org.zegel.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestKeys;
import org.zegel.model.Finding;
import org.zegel.model.SignerFacts;

class AlgorithmPolicyTest {
    private static final AlgorithmPolicy DEFAULT = AlgorithmPolicy.DEFAULT;

    @ParameterizedTest
    @EnumSource
    void acceptsKeysByTheirLength(KeyKind kind) {
        boolean weak = kind == KeyKind.RSA_1024 || kind == KeyKind.P192;
        assertThat(DEFAULT.accepts(TestKeys.next(kind).getPublic())).isEqualTo(!weak);
    }

    @Test
    void theLimitItselfIsLongEnoughAndOneBitMoreIsNot() {
        var key = TestKeys.next(KeyKind.RSA_2048).getPublic();
        assertThat(limited(2048).accepts(key)).isTrue();
        assertThat(limited(2049).accepts(key)).isFalse();
    }

    private static AlgorithmPolicy limited(int rsa) {
        return new AlgorithmPolicy(rsa, 2048, 256, DEFAULT.signatures(), DEFAULT.digests(), DEFAULT.ciphers());
    }

    static Stream<String> strong() {
        return Stream.of(
                "SHA256withRSA",
                "SHA512withRSA",
                "SHA256withRSAandMGF1",
                "SHA384withECDSA",
                "SHA3-256withECDSA",
                "SHA3-512withRSA",
                "Ed25519",
                "Ed448",
                "ML-DSA-65");
    }

    @ParameterizedTest
    @MethodSource("strong")
    void acceptsStrongSignatures(String name) {
        assertThat(DEFAULT.accepts(identifier(name))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MD2withRSA",
                "MD5withRSA",
                "SHA1withRSA",
                "SHA224withRSA",
                "SHA1withRSAandMGF1",
                "RIPEMD160withRSA",
                "SHA1withECDSA",
                "SHA1withDSA",
                "SHA256withDSA"
            })
    void refusesWeakSignatures(String name) {
        assertThat(DEFAULT.accepts(identifier(name))).isFalse();
    }

    private static AlgorithmIdentifier identifier(String name) {
        return new DefaultSignatureAlgorithmIdentifierFinder().find(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3.4", "2.16.840.1.101.3.4.3.999", "1.2.840.113549.1.1.99", "1.2.840.10045.4.3.77"})
    void refusesWhatNobodyKnows(String id) {
        assertThat(DEFAULT.accepts(new AlgorithmIdentifier(new ASN1ObjectIdentifier(id))))
                .isFalse();
    }

    @Test
    void refusesPssWithTheDigestItHasWithoutParameters() {
        assertThat(DEFAULT.accepts(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, new RSASSAPSSparams())))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "SHA256withRSA, true",
        "SHA1withRSA, true",
        "SHAKE128withRSAPSS, true",
        "RSASSA-PSS, true",
        "SHA256withECDSA, true",
        "SHA256withPLAIN-ECDSA, true",
        "Ed25519, true",
        "ML-DSA-44, true",
        "SLH-DSA-SHA2-128S, true",
        "SHA256withDSA, false",
        "GOST3411withGOST3410, false",
        "anything, false"
    })
    void judgesTheKindOfSignatureByName(String name, boolean accepted) {
        assertThat(DEFAULT.acceptsSignature(name)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({
        "AES-128-CBC, true",
        "AES-256-GCM, true",
        "AES-192-CCM, true",
        "Camellia-256-CBC, true",
        "ChaCha20-Poly1305, true",
        "SEED-CBC, true",
        "CAST5-CBC, false",
        "3DES-CBC, false",
        "DES-CBC, false",
        "RC2-128-CBC, false",
        "RC4, false"
    })
    void judgesCiphersByName(String name, boolean accepted) {
        assertThat(DEFAULT.acceptsCipher(name)).isEqualTo(accepted);
    }

    @Test
    void digestsThatCanBeForgedAreNeverToBeAccepted() {
        AlgorithmPolicy all = new AlgorithmPolicy(
                1024,
                1024,
                160,
                EnumSet.allOf(SignatureFamily.class),
                AlgorithmPolicy.DIGESTS,
                AlgorithmPolicy.CIPHERS);
        for (String name : List.of("MD2", "MD4", "MD5", "RIPEMD160")) {
            assertThat(all.acceptsDigest(name)).isFalse();
        }
        assertThat(all.acceptsDigest("SHA-1")).isTrue();
        assertThat(all.accepts(identifier("MD5withRSA"))).isFalse();
        assertThat(all.acceptsCipher("DES-CBC")).isFalse();
        assertThat(all.acceptsCipher("3DES-CBC")).isFalse();
        assertThat(Set.of("SHA-256", "SHA3-384", "SHAKE256-512")).allMatch(DEFAULT::acceptsDigest);
    }

    @Test
    void aSignatureWithAWeakDigestOfItsOwnIsWeak() {
        AlgorithmStrength strength = new AlgorithmStrength(DEFAULT);
        SignerFacts strong =
                Facts.signer(TestAuthority.selfSigned(Spec.mail("Alice").key(KeyKind.P256)));
        assertThat(strength.of(strong)).isEmpty();
        SignerFacts mismatched = new SignerFacts(
                strong.integrity(),
                strong.certificate(),
                strong.fitting(),
                strong.certificates(),
                strong.crls(),
                strong.ocspResponses(),
                "SHA-256",
                "SHA1withRSA",
                true,
                null,
                List.of(),
                new byte[0],
                true,
                List.of(),
                null,
                List.of(Finding.DIGEST_MISMATCH));
        assertThat(strength.of(mismatched)).containsExactly(Finding.SIGNATURE_ALGORITHM_WEAK);
    }
}
