package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.fixtures.samples.HandSignedData;
import org.zegel.fixtures.samples.HandSigner;
import org.zegel.model.Finding;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.Integrity;

/** Every signature algorithm that is taken: right ones fit, changed ones do not. */
class SignatureAlgorithmsTest {
    private static final TestAuthority CA = TestAuthority.root("Root");
    private static final byte[] CONTENT = Messages.bytes(Messages.ENTITY);

    @TempDir
    private Path directory;

    private SignerFacts signer(byte[] cms) throws Exception {
        return new OpenFixture(directory)
                .cms(cms, null)
                .opened()
                .facts()
                .signers()
                .getFirst();
    }

    private static TestIdentity identity(String keyAlgorithm, String parameter) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(keyAlgorithm, Messages.BOUNCY_CASTLE);
        if (parameter != null && parameter.matches("[0-9]+")) {
            generator.initialize(Integer.parseInt(parameter));
        } else if (parameter != null) {
            generator.initialize(new ECGenParameterSpec(parameter));
        }
        KeyPair keys = generator.generateKeyPair();
        return CA.issue(Spec.mail("Alice", "alice@example.org").keyPair(keys));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, 2048, MD5withRSA, MD5",
        "RSA, 2048, RIPEMD160withRSA, RIPEMD160",
        "RSA, 2048, SHA1withRSA, SHA-1",
        "RSA, 2048, SHA224withRSA, SHA-224",
        "RSA, 2048, SHA384withRSA, SHA-384",
        "RSA, 2048, SHA512withRSA, SHA-512",
        "RSA, 2048, SHA3-224withRSA, SHA3-224",
        "RSA, 2048, SHA3-256withRSA, SHA3-256",
        "RSA, 2048, SHA3-512withRSA, SHA3-512",
        "RSA, 2048, SHA1withRSAandMGF1, SHA-1",
        "RSA, 2048, SHA256withRSAandMGF1, SHA-256",
        "RSA, 2048, SHA3-384withRSAandMGF1, SHA3-384",
        "DSA, 2048, SHA1withDSA, SHA-1",
        "DSA, 2048, SHA256withDSA, SHA-256",
        "DSA, 2048, SHA3-256withDSA, SHA3-256",
        "EC, P-256, SHA256withECDSA, SHA-256",
        "EC, P-521, SHA512withECDSA, SHA-512",
        "EC, P-384, SHA3-384withECDSA, SHA3-384",
        "EC, brainpoolP256r1, SHA256withECDSA, SHA-256",
        "EC, brainpoolP512r1, SHA512withECDSA, SHA-512",
        "EC, P-256, SHA256withPLAIN-ECDSA, SHA-256",
        "Ed25519, , Ed25519, SHA-512",
        "Ed448, , Ed448, SHAKE256-512",
        "ML-DSA-44, , ML-DSA-44, ",
        "ML-DSA-65, , ML-DSA-65, ",
        "ML-DSA-87, , ML-DSA-87, ",
        "SLH-DSA-SHA2-128F, , SLH-DSA-SHA2-128F, ",
        "SLH-DSA-SHAKE-128F, , SLH-DSA-SHAKE-128F, "
    })
    void fitsAndDoesNotFitWhenChanged(String keyAlgorithm, String parameter, String signature, String digest)
            throws Exception {
        TestIdentity signer = identity(keyAlgorithm, parameter);
        byte[] cms = Messages.signedData(CONTENT, true, signer, signature);
        SignerFacts facts = signer(cms);
        assertThat(facts.integrity()).as(facts.findings().toString()).isEqualTo(Integrity.INTACT);
        assertThat(facts.findings()).isEmpty();
        if (digest != null) {
            assertThat(facts.digestAlgorithm()).isEqualTo(digest);
        }
        byte[] value = facts.signatureValue();
        int at = indexOf(cms, value);
        cms[at + value.length / 2] ^= 4;
        assertThat(signer(cms).integrity()).isEqualTo(Integrity.ALTERED);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        return Messages.string(bytes).indexOf(Messages.string(part));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 32, 64})
    void saltLengthIsTheOneThatIsNamed(int named) throws Exception {
        TestIdentity signer = identity("RSA", "2048");
        AlgorithmIdentifier sha256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
        RSASSAPSSparams parameters = new RSASSAPSSparams(
                sha256,
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, sha256),
                new ASN1Integer(named),
                RSASSAPSSparams.DEFAULT_TRAILER_FIELD);
        HandSigner hand = new HandSigner(signer)
                .algorithm(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, parameters),
                        "SHA256withRSAandMGF1");
        SignerFacts facts = signer(HandSignedData.holding(CONTENT).by(hand).der());
        assertThat(facts.integrity()).isEqualTo(named == 32 ? Integrity.INTACT : Integrity.ALTERED);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void contentForASchemeThatTakesItAtOnceIsBounded(int over) throws Exception {
        byte[] content = new byte[8 * 1024 * 1024 + over];
        HandSigner hand = new HandSigner(identity("Ed25519", null))
                .digest(NISTObjectIdentifiers.id_sha512, "SHA-512")
                .algorithm(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), "Ed25519")
                .direct();
        SignerFacts facts = signer(HandSignedData.holding(content).by(hand).der());
        assertThat(facts.integrity()).isEqualTo(over > 0 ? Integrity.UNVERIFIABLE : Integrity.INTACT);
        assertThat(facts.findings().contains(Finding.CONTENT_TOO_LARGE_FOR_ALGORITHM))
                .isEqualTo(over > 0);
    }

    @Test
    void digestOfTheSignatureCountsWhereTwoAreNamed() throws Exception {
        HandSigner hand = new HandSigner(identity("RSA", "2048")).digest(NISTObjectIdentifiers.id_sha512, "SHA-512");
        SignerFacts facts = signer(HandSignedData.holding(CONTENT).by(hand).der());
        assertThat(facts.integrity()).isEqualTo(Integrity.INTACT);
        assertThat(facts.digestAlgorithm()).isEqualTo("SHA-512");
        assertThat(facts.signatureAlgorithm()).isEqualTo("SHA256withRSA");
        assertThat(facts.findings()).containsExactly(Finding.DIGEST_MISMATCH);
    }

    @ParameterizedTest
    @CsvSource({
        // RFC 8702: RSASSA-PSS and ECDSA with SHAKE128 and SHAKE256.
        "RSA, 2048, 2.16.840.1.101.3.4.2.11, SHAKE128-256, 1.3.6.1.5.5.7.6.30, SHAKE128WITHRSAPSS",
        "RSA, 2048, 2.16.840.1.101.3.4.2.12, SHAKE256-512, 1.3.6.1.5.5.7.6.31, SHAKE256WITHRSAPSS",
        "EC, P-256, 2.16.840.1.101.3.4.2.11, SHAKE128-256, 1.3.6.1.5.5.7.6.32, SHAKE128WITHECDSA",
        "EC, P-384, 2.16.840.1.101.3.4.2.12, SHAKE256-512, 1.3.6.1.5.5.7.6.33, SHAKE256WITHECDSA",
        // The key's algorithm in place of the signature's.
        "RSA, 2048, 2.16.840.1.101.3.4.2.3, SHA-512, 1.2.840.113549.1.1.1, SHA512withRSA",
        "EC, P-256, 2.16.840.1.101.3.4.2.1, SHA-256, 1.2.840.10045.2.1, SHA256withECDSA",
        "DSA, 2048, 2.16.840.1.101.3.4.2.1, SHA-256, 1.2.840.10040.4.1, SHA256withDSA",
    })
    void identifiersThatFewWrite(
            String keyAlgorithm, String parameter, String digest, String digestName, String signature, String name)
            throws Exception {
        HandSigner hand = new HandSigner(identity(keyAlgorithm, parameter))
                .digest(new ASN1ObjectIdentifier(digest), digestName)
                .algorithm(new AlgorithmIdentifier(new ASN1ObjectIdentifier(signature)), name);
        SignerFacts facts = signer(HandSignedData.holding(CONTENT).by(hand).der());
        assertThat(facts.integrity()).as(facts.findings().toString()).isEqualTo(Integrity.INTACT);
        assertThat(facts.findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyForPssAloneSignsNothingElse(boolean pss) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSASSA-PSS");
        generator.initialize(2048);
        HandSigner hand =
                new HandSigner(CA.issue(Spec.mail("Alice", "alice@example.org").keyPair(generator.generateKeyPair())));
        if (pss) {
            AlgorithmIdentifier sha256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
            RSASSAPSSparams parameters = new RSASSAPSSparams(
                    sha256,
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, sha256),
                    new ASN1Integer(32),
                    RSASSAPSSparams.DEFAULT_TRAILER_FIELD);
            hand.algorithm(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, parameters), "SHA256withRSAandMGF1");
        }
        SignerFacts facts = signer(HandSignedData.holding(CONTENT).by(hand).der());
        assertThat(facts.integrity()).isEqualTo(pss ? Integrity.INTACT : Integrity.UNVERIFIABLE);
        assertThat(facts.findings().contains(Finding.KEY_UNSUITABLE)).isEqualTo(!pss);
    }
}
