package org.zegel.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Chain;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Strength;

/** What the certificates of a path must say, after the cases of NIST's PKITS, and what mail adds. */
class ChainTest extends ChainFixture {
    @ParameterizedTest
    @EnumSource(
            value = KeyKind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"X25519"})
    void trustsChainsOfEveryKindOfKey(KeyKind kind) {
        TestAuthority top = TestAuthority.root("Top", kind);
        TestIdentity leaf = top.subordinate(Spec.authority("Sub").key(kind)).issue(alice());
        ChainAssessment assessed = new ChainAssessor(List.of(top.certificate()), leaf.chain(), List.of())
                .assess(leaf.certificate(), NOW, CertificatePurpose.SIGN_MAIL);
        assertThat(assessed.chain().status()).as(assessed.toString()).isEqualTo(ChainStatus.TRUSTED);
        boolean weak = kind == KeyKind.RSA_1024 || kind == KeyKind.P192 || kind == KeyKind.DSA_2048;
        assertThat(assessed.strength()).isEqualTo(weak ? Strength.WEAK : Strength.ACCEPTABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "SHA256withRSAandMGF1, ACCEPTABLE",
        "SHA512withRSA, ACCEPTABLE",
        "SHA1withRSA, WEAK",
        "MD5withRSA, WEAK",
        "SHA1withRSAandMGF1, WEAK",
    })
    void judgesWeakSignaturesInsteadOfFailing(String algorithm, Strength strength) {
        TestAuthority top = TestAuthority.root("Top");
        TestIdentity leaf = top.issue(alice().signature(algorithm));
        ChainAssessment assessed = new ChainAssessor(List.of(top.certificate()), List.of(), List.of())
                .assess(leaf.certificate(), NOW, CertificatePurpose.SIGN_MAIL);
        assertThat(assessed.chain().status()).isEqualTo(ChainStatus.TRUSTED);
        assertThat(assessed.strength()).isEqualTo(strength);
    }

    @Test
    void aWeakSignatureOnTheAnchorItselfDoesNotMatter() {
        TestAuthority top = TestAuthority.root(Spec.authority("Top").signature("SHA1withRSA"));
        TestIdentity leaf = top.issue(alice());
        ChainAssessment assessed = new ChainAssessor(List.of(top.certificate()), List.of(), List.of())
                .assess(leaf.certificate(), NOW, CertificatePurpose.SIGN_MAIL);
        assertThat(assessed.strength()).isEqualTo(Strength.ACCEPTABLE);
    }

    @Test
    void reportsTimes() {
        Instant early = Instant.parse("2020-01-02T00:00:00Z");
        Instant past = Instant.parse("2021-01-01T00:00:00Z");
        Instant future = Instant.parse("2030-01-01T00:00:00Z");
        assertRefused(authority.issue(alice().validity(early, past)), ChainStatus.EXPIRED, Finding.CERTIFICATE_EXPIRED);
        assertRefused(
                authority.issue(alice().validity(future, Spec.NOT_AFTER)),
                ChainStatus.NOT_YET_VALID,
                Finding.CERTIFICATE_NOT_YET_VALID);
        TestAuthority expired = root.subordinate(ca("Expired CA").validity(early, past));
        assertRefused(expired.issue(alice()), ChainStatus.EXPIRED, Finding.ISSUER_EXPIRED);
    }

    @Test
    void aValidCertificateIsGoodInItsLastMomentAndNotAfter() {
        TestIdentity leaf = authority.issue(alice().validity(Spec.NOT_BEFORE, NOW));
        ChainAssessor assessor = new ChainAssessor(List.of(root.certificate()), leaf.chain(), List.of());
        assertThat(assessor.assess(leaf.certificate(), NOW, CertificatePurpose.SIGN_MAIL)
                        .chain()
                        .status())
                .isEqualTo(ChainStatus.TRUSTED);
        assertThat(assessor.assess(leaf.certificate(), NOW.plusSeconds(1), CertificatePurpose.SIGN_MAIL)
                        .chain()
                        .status())
                .isEqualTo(ChainStatus.EXPIRED);
    }

    @Test
    void onlyCertificationAuthoritiesIssue() {
        TestAuthority notCa =
                root.subordinate(Spec.mail("Eve", "eve@example.org").key(KeyKind.P256));
        assertRefused(notCa.issue(alice()), ChainStatus.NOT_ALLOWED, Finding.ISSUER_NOT_A_CA);
        TestAuthority noSign = root.subordinate(ca("No sign").keyUsage(KeyUsage.cRLSign));
        assertRefused(noSign.issue(alice()), ChainStatus.NOT_ALLOWED, Finding.ISSUER_KEY_USAGE);
    }

    @Test
    void countsPathLengths() {
        TestAuthority zero = root.subordinate(ca("Zero").pathLength(0));
        assertThat(assess(zero.issue(alice())).chain().status()).isEqualTo(ChainStatus.TRUSTED);
        assertRefused(zero.subordinate(ca("Below")).issue(alice()), ChainStatus.NOT_ALLOWED, Finding.PATH_TOO_LONG);
        // A self-issued certificate (a new key for the same name) does not count.
        TestAuthority rolled = zero.subordinate(ca("Zero").pathLength(0));
        assertThat(assess(rolled.issue(alice())).chain().status()).isEqualTo(ChainStatus.TRUSTED);
    }

    @Test
    void checksWhatTheLeafIsFor() {
        TestIdentity enciphering = authority.issue(alice().keyUsage(KeyUsage.keyAgreement));
        assertRefused(enciphering, ChainStatus.NOT_ALLOWED, Finding.KEY_USAGE);
        assertThat(assess(enciphering, CertificatePurpose.ENCRYPT_MAIL).chain().status())
                .isEqualTo(ChainStatus.TRUSTED);
        TestIdentity signing = authority.issue(alice().keyUsage(KeyUsage.nonRepudiation));
        assertThat(assess(signing).chain().status()).isEqualTo(ChainStatus.TRUSTED);
        assertThat(assess(signing, CertificatePurpose.ENCRYPT_MAIL).chain().reason())
                .isEqualTo(Finding.KEY_USAGE);
        TestIdentity edwards = authority.issue(alice().key(KeyKind.ED25519).withoutKeyUsage());
        assertThat(assess(edwards, CertificatePurpose.ENCRYPT_MAIL).chain().reason())
                .isEqualTo(Finding.KEY_USAGE);
        TestIdentity server = authority.issue(alice().extendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        assertRefused(server, ChainStatus.NOT_ALLOWED, Finding.EXTENDED_KEY_USAGE);
        TestIdentity any = authority.issue(alice().extendedKeyUsage(KeyPurposeId.anyExtendedKeyUsage));
        assertThat(assess(any).chain().status()).isEqualTo(ChainStatus.TRUSTED);
        TestIdentity none = authority.issue(alice().extendedKeyUsage().withoutKeyUsage());
        assertThat(assess(none).chain().status()).isEqualTo(ChainStatus.TRUSTED);
        TestAuthority web = root.subordinate(ca("Web CA").extendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        assertRefused(web.issue(alice()), ChainStatus.NOT_ALLOWED, Finding.ISSUER_EXTENDED_KEY_USAGE);
    }

    @Test
    void refusesCriticalExtensionsThatNobodyKnows() throws Exception {
        ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");
        byte[] value = DERNull.INSTANCE.getEncoded();
        assertRefused(
                authority.issue(alice().extension(new Extension(unknown, true, value))),
                ChainStatus.NOT_ALLOWED,
                Finding.CRITICAL_EXTENSION_UNKNOWN);
        assertThat(assess(authority.issue(alice().extension(new Extension(unknown, false, value))))
                        .chain()
                        .status())
                .isEqualTo(ChainStatus.TRUSTED);
    }

    @ParameterizedTest
    @CsvSource({
        "alice@example.org, true",
        "alice@sub.example.org, false",
        "alice@example.net, false",
    })
    void namesStayWithinTheConstraints(String address, boolean allowed) {
        NameConstraints only = new NameConstraints(
                new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.rfc822Name, "example.org"))},
                null);
        TestAuthority bound = root.subordinate(ca("Bound").nameConstraints(only));
        Spec inName = Spec.mail("Alice", address).key(KeyKind.P256);
        Spec inSubject = Spec.mail("Alice").subjectEmail(address).key(KeyKind.P256);
        Spec inUtf8 =
                Spec.mail("Alice").smtpUtf8(address.replace("alice", "alicé")).key(KeyKind.P256);
        for (Spec spec : List.of(inName, inSubject, inUtf8)) {
            Chain chain = assess(bound.issue(spec)).chain();
            assertThat(chain.status()).isEqualTo(allowed ? ChainStatus.TRUSTED : ChainStatus.NOT_ALLOWED);
            assertThat(chain.reason()).isEqualTo(allowed ? null : Finding.NAME_CONSTRAINTS);
        }
    }

    @Test
    void excludedNamesAreRefused() {
        NameConstraints not = new NameConstraints(
                null,
                new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.rfc822Name, "example.org"))});
        TestAuthority bound = root.subordinate(ca("Bound").nameConstraints(not));
        assertRefused(bound.issue(alice()), ChainStatus.NOT_ALLOWED, Finding.NAME_CONSTRAINTS);
    }

    @Test
    void enforcesRequiredPolicies() throws Exception {
        Extension required = new Extension(
                Extension.policyConstraints, true, new PolicyConstraints(BigInteger.ZERO, null).getEncoded());
        Extension policy = new Extension(
                Extension.certificatePolicies,
                false,
                new CertificatePolicies(new PolicyInformation(new ASN1ObjectIdentifier("1.2.3.4"))).getEncoded());
        TestAuthority strict = root.subordinate(ca("Strict").extension(required).extension(policy));
        assertRefused(strict.issue(alice()), ChainStatus.NOT_ALLOWED, Finding.CERTIFICATE_POLICY_MISSING);
        assertThat(assess(strict.issue(alice().extension(policy))).chain().status())
                .isEqualTo(ChainStatus.TRUSTED);
    }

    @Test
    void anOddCertificateIsAnAnswer() throws Exception {
        Spec odd = alice().extension(new Extension(Extension.authorityKeyIdentifier, false, new byte[] {5, 0}))
                .extension(new Extension(Extension.subjectAlternativeName, false, new DERSequence().getEncoded()));
        assertThat(assess(root.issue(odd)).chain().path()).isNotEmpty();
    }
}
