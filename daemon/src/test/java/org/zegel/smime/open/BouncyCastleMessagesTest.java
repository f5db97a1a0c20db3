package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.MessageDigest;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAlgorithmProtection;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.fixtures.TestKeys;
import org.zegel.model.Finding;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.Integrity;
import org.zegel.model.Verdict.Lock;

/** Kinds of CMS that OpenSSL here does not make, and attributes that lie. */
class BouncyCastleMessagesTest {
    private static final TestAuthority CA = TestAuthority.root("Root");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));
    private static final byte[] CONTENT = Messages.bytes(Messages.ENTITY);

    @TempDir
    private Path directory;

    private SignerFacts signer(byte[] cms) throws Exception {
        OpenFixture.Result result = new OpenFixture(directory).cms(cms, null);
        assertThat(result.opened().facts().signers()).hasSize(1);
        return result.opened().facts().signers().getFirst();
    }

    private static AttributeTable table(ASN1ObjectIdentifier type, org.bouncycastle.asn1.ASN1Encodable value) {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(type, new DERSet(value)));
        return new AttributeTable(attributes);
    }

    @Test
    void ed25519IsIntact() throws Exception {
        TestIdentity signer = CA.issue(Spec.mail("Ed", "ed@example.org").key(KeyKind.ED25519));
        SignerFacts facts = signer(Messages.signedData(CONTENT, true, signer, "Ed25519"));
        assertThat(facts.integrity()).as(facts.findings().toString()).isEqualTo(Integrity.INTACT);
        assertThat(facts.signatureAlgorithm()).isEqualTo("Ed25519");
        assertThat(facts.digestAlgorithm()).isEqualTo("SHA-512");
    }

    @Test
    void curveThatTheJdkLacksIsIntact() throws Exception {
        TestIdentity signer = CA.issue(Spec.mail("Old", "old@example.org").key(KeyKind.P192));
        SignerFacts facts = signer(Messages.signedData(CONTENT, true, signer, "SHA256withECDSA"));
        assertThat(facts.integrity()).as(facts.findings().toString()).isEqualTo(Integrity.INTACT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void signingCertificateMustBeTheSigners(boolean right) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest((right ? ALICE : CA.identity()).certificate().getEncoded());
        SignerFacts facts = signer(Messages.signedData(
                CONTENT,
                true,
                table(
                        PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                        new SigningCertificateV2(new ESSCertIDv2(hash))),
                ALICE,
                "SHA256withRSA"));
        assertThat(facts.integrity()).isEqualTo(right ? Integrity.INTACT : Integrity.ALTERED);
        assertThat(facts.findings().contains(Finding.SIGNING_CERTIFICATE_MISMATCH))
                .isEqualTo(!right);
    }

    @Test
    void protectedAlgorithmsMustBeThoseNamed() throws Exception {
        CMSAlgorithmProtection other = new CMSAlgorithmProtection(
                new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha512),
                CMSAlgorithmProtection.SIGNATURE,
                new AlgorithmIdentifier(PKCSObjectIdentifiers.sha512WithRSAEncryption));
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        CMSAttributeTableGenerator usual = new DefaultSignedAttributeTableGenerator();
        Messages.add(
                generator,
                parameters -> usual.getAttributes(parameters)
                        .remove(CMSAttributes.cmsAlgorithmProtect)
                        .add(CMSAttributes.cmsAlgorithmProtect, other),
                ALICE,
                "SHA256withRSA");
        SignerFacts facts = signer(
                generator.generate(new CMSProcessableByteArray(CONTENT), true).getEncoded());
        assertThat(facts.integrity()).isEqualTo(Integrity.ALTERED);
        assertThat(facts.findings()).containsExactly(Finding.ALGORITHM_PROTECTION_MISMATCH);
    }

    @Test
    void attributesPassedOffAsContentAreNotIntact() throws Exception {
        CMSSignedData original = new CMSSignedData(Messages.signedData(CONTENT, true, ALICE, "SHA256withRSA"));
        byte[] attributes = original.getSignerInfos()
                .getSigners()
                .iterator()
                .next()
                .toASN1Structure()
                .getAuthenticatedAttributes()
                .getEncoded(ASN1Encoding.DER);
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder()
                        .setProvider(Messages.BOUNCY_CASTLE)
                        .build())
                .setDirectSignature(true)
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(ALICE.privateKey()), ALICE.certificate()));
        generator.addCertificates(
                new org.bouncycastle.cert.jcajce.JcaCertStore(java.util.List.of(ALICE.certificate())));
        byte[] forged = generator
                .generate(new CMSProcessableByteArray(attributes), true)
                .getEncoded();
        SignerFacts facts = signer(forged);
        assertThat(facts.integrity()).isEqualTo(Integrity.UNVERIFIABLE);
        assertThat(facts.findings()).containsExactly(Finding.CONTENT_IS_SIGNED_ATTRIBUTES);
    }

    @ParameterizedTest
    @CsvSource({
        "X25519, 1.2.840.113549.1.9.16.3.19, 2.16.840.1.101.3.4.1.5, false",
        "X25519, 1.2.840.113549.1.9.16.3.20, 2.16.840.1.101.3.4.1.45, false",
        "X25519, 1.2.840.113549.1.9.16.3.21, 2.16.840.1.101.3.4.1.45, true",
        "P256, 1.3.132.1.11.1, 2.16.840.1.101.3.4.1.45, true",
        "P384, 1.3.132.1.14.2, 2.16.840.1.101.3.4.1.45, false",
        "P521, 1.3.132.1.11.3, 2.16.840.1.101.3.4.1.45, true",
    })
    void keyAgreementOpens(KeyKind kind, String scheme, String wrap, boolean material) throws Exception {
        TestIdentity bob = CA.issue(Spec.mail("Bob", "bob@example.org").key(kind));
        var ephemeral = TestKeys.fresh(kind);
        JceKeyAgreeRecipientInfoGenerator recipient = new JceKeyAgreeRecipientInfoGenerator(
                        new ASN1ObjectIdentifier(scheme),
                        ephemeral.getPrivate(),
                        ephemeral.getPublic(),
                        new ASN1ObjectIdentifier(wrap))
                .addRecipient(bob.certificate())
                .setProvider(Messages.BOUNCY_CASTLE);
        if (material) {
            recipient.setUserKeyingMaterial(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        }
        OpenFixture.Result result =
                new OpenFixture(directory).with(bob).cms(Messages.authEnveloped(CONTENT, null, recipient), null);
        assertThat(result.findings()).isEmpty();
        assertThat(result.opened().facts().lock()).isEqualTo(Lock.CLOSED);
        assertThat(result.clear()).isEqualTo(CONTENT);
    }

    @Test
    void recipientBySubjectKeyIdentifierOpens() throws Exception {
        byte[] identifier = org.zegel.smime.verify.SignerCertificates.keyIdentifier(ALICE.certificate());
        var recipient = new JceKeyTransRecipientInfoGenerator(
                        identifier, ALICE.certificate().getPublicKey())
                .setProvider(Messages.BOUNCY_CASTLE);
        OpenFixture.Result result =
                new OpenFixture(directory).with(ALICE).cms(Messages.authEnveloped(CONTENT, null, recipient), null);
        assertThat(result.clear()).isEqualTo(CONTENT);
    }

    @Test
    void everyMatchingRecipientIsTried() throws Exception {
        TestIdentity bob = CA.issue(Spec.mail("Bob", "bob@example.org"));
        byte[] cms = Messages.enveloped(CONTENT, CMSAlgorithm.AES128_CBC, ALICE, bob);
        OpenFixture.Result result = new OpenFixture(directory).with(bob).cms(cms, null);
        assertThat(result.clear()).isEqualTo(CONTENT);
        assertThat(result.opened().facts().decryptedWith().certificate()).isEqualTo(bob.certificate());
    }
}
