package org.zegel.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
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
import org.zegel.model.Verdict.Chain;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Revocation;
import org.zegel.model.Verdict.Strength;

/** Paths made by code after the cases of NIST's PKITS, and the ones that mail adds. */
class ChainTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final TestAuthority root = TestAuthority.root("Root", KeyKind.P256);
    private final TestAuthority authority = root.subordinate(ca("CA"));

    private static Spec ca(String name) {
        return Spec.authority(name).key(KeyKind.P256);
    }

    private static Spec alice() {
        return Spec.mail("Alice", "alice@example.org").key(KeyKind.P256);
    }

    private ChainAssessment assess(TestIdentity leaf, X509CRL... crls) {
        return assess(leaf, CertificatePurpose.SIGN_MAIL, crls);
    }

    private ChainAssessment assess(TestIdentity leaf, CertificatePurpose purpose, X509CRL... crls) {
        return new ChainAssessor(List.of(root.certificate()), leaf.chain(), List.of(crls))
                .assess(leaf.certificate(), NOW, purpose);
    }

    private void assertRefused(TestIdentity leaf, ChainStatus status, String reason) {
        Chain chain = assess(leaf).chain();
        assertThat(chain.status()).isEqualTo(status);
        assertThat(chain.reason()).isEqualTo(reason);
    }

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
        boolean weak = kind == KeyKind.RSA_1024 || kind == KeyKind.P192;
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
    void needsAnAnchor() {
        TestIdentity stranger =
                TestAuthority.root("Stranger").subordinate("Sub").issue(alice());
        assertRefused(stranger, ChainStatus.UNTRUSTED, "anchor-unknown");
        assertRefused(
                new TestIdentity(stranger.certificate(), stranger.privateKey(), List.of()),
                ChainStatus.UNTRUSTED,
                "issuer-unknown");
        assertRefused(TestAuthority.selfSigned(alice()), ChainStatus.UNTRUSTED, "self-signed");
    }

    @Test
    void anIssuerOfTheRightNameWithAnotherKeyDoesNotDo() {
        TestAuthority forged = TestAuthority.root("Root", KeyKind.P256);
        TestIdentity leaf = forged.issue(alice());
        assertRefused(
                new TestIdentity(leaf.certificate(), leaf.privateKey(), List.of()),
                ChainStatus.UNTRUSTED,
                "issuer-signature-invalid");
    }

    @Test
    void anIntermediateOrTheLeafItselfMayBeTheAnchor() {
        TestIdentity leaf = authority.issue(alice());
        for (X509Certificate anchor : List.of(authority.certificate(), leaf.certificate())) {
            assertThat(new ChainAssessor(List.of(anchor), List.of(), List.of())
                            .assess(leaf.certificate(), NOW, CertificatePurpose.SIGN_MAIL)
                            .chain()
                            .status())
                    .isEqualTo(ChainStatus.TRUSTED);
        }
    }

    @Test
    void reportsTimes() {
        Instant early = Instant.parse("2020-01-02T00:00:00Z");
        Instant past = Instant.parse("2021-01-01T00:00:00Z");
        Instant future = Instant.parse("2030-01-01T00:00:00Z");
        assertRefused(authority.issue(alice().validity(early, past)), ChainStatus.EXPIRED, "certificate-expired");
        assertRefused(
                authority.issue(alice().validity(future, Spec.NOT_AFTER)),
                ChainStatus.NOT_YET_VALID,
                "certificate-not-yet-valid");
        TestAuthority expired = root.subordinate(ca("Expired CA").validity(early, past));
        assertRefused(expired.issue(alice()), ChainStatus.EXPIRED, "issuer-expired");
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
        assertRefused(notCa.issue(alice()), ChainStatus.NOT_ALLOWED, "issuer-not-a-ca");
        TestAuthority noSign = root.subordinate(ca("No sign").keyUsage(KeyUsage.cRLSign));
        assertRefused(noSign.issue(alice()), ChainStatus.NOT_ALLOWED, "issuer-key-usage");
    }

    @Test
    void countsPathLengths() {
        TestAuthority zero = root.subordinate(ca("Zero").pathLength(0));
        assertThat(assess(zero.issue(alice())).chain().status()).isEqualTo(ChainStatus.TRUSTED);
        assertRefused(zero.subordinate(ca("Below")).issue(alice()), ChainStatus.NOT_ALLOWED, "path-too-long");
        // A self-issued certificate (a new key for the same name) does not count.
        TestAuthority rolled = zero.subordinate(ca("Zero").pathLength(0));
        assertThat(assess(rolled.issue(alice())).chain().status()).isEqualTo(ChainStatus.TRUSTED);
    }

    @Test
    void checksWhatTheLeafIsFor() {
        TestIdentity enciphering = authority.issue(alice().keyUsage(KeyUsage.keyAgreement));
        assertRefused(enciphering, ChainStatus.NOT_ALLOWED, "key-usage");
        assertThat(assess(enciphering, CertificatePurpose.ENCRYPT_MAIL).chain().status())
                .isEqualTo(ChainStatus.TRUSTED);
        TestIdentity signing = authority.issue(alice().keyUsage(KeyUsage.nonRepudiation));
        assertThat(assess(signing).chain().status()).isEqualTo(ChainStatus.TRUSTED);
        assertThat(assess(signing, CertificatePurpose.ENCRYPT_MAIL).chain().reason())
                .isEqualTo("key-usage");
        TestIdentity edwards = authority.issue(alice().key(KeyKind.ED25519).withoutKeyUsage());
        assertThat(assess(edwards, CertificatePurpose.ENCRYPT_MAIL).chain().reason())
                .isEqualTo("key-usage");
        TestIdentity server = authority.issue(alice().extendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        assertRefused(server, ChainStatus.NOT_ALLOWED, "extended-key-usage");
        TestIdentity any = authority.issue(alice().extendedKeyUsage(KeyPurposeId.anyExtendedKeyUsage));
        assertThat(assess(any).chain().status()).isEqualTo(ChainStatus.TRUSTED);
        TestIdentity none = authority.issue(alice().extendedKeyUsage().withoutKeyUsage());
        assertThat(assess(none).chain().status()).isEqualTo(ChainStatus.TRUSTED);
        TestAuthority web = root.subordinate(ca("Web CA").extendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        assertRefused(web.issue(alice()), ChainStatus.NOT_ALLOWED, "issuer-extended-key-usage");
    }

    @Test
    void refusesCriticalExtensionsThatNobodyKnows() throws Exception {
        ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");
        byte[] value = DERNull.INSTANCE.getEncoded();
        assertRefused(
                authority.issue(alice().extension(new Extension(unknown, true, value))),
                ChainStatus.NOT_ALLOWED,
                "critical-extension-unknown");
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
            assertThat(chain.reason()).isEqualTo(allowed ? null : "name-constraints");
        }
    }

    @Test
    void excludedNamesAreRefused() {
        NameConstraints not = new NameConstraints(
                null,
                new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.rfc822Name, "example.org"))});
        TestAuthority bound = root.subordinate(ca("Bound").nameConstraints(not));
        assertRefused(bound.issue(alice()), ChainStatus.NOT_ALLOWED, "name-constraints");
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
        assertRefused(strict.issue(alice()), ChainStatus.NOT_ALLOWED, "path-invalid");
        assertThat(assess(strict.issue(alice().extension(policy))).chain().status())
                .isEqualTo(ChainStatus.TRUSTED);
    }

    @Test
    void findsItsWayThroughCrossCertificatesAndLoops() {
        TestAuthority other = TestAuthority.root("Other", KeyKind.P256);
        X509Certificate otherByRoot = root.cross(other);
        X509Certificate rootByOther = other.cross(root);
        TestIdentity leaf = other.subordinate(ca("Sub")).issue(alice());
        List<X509Certificate> all = new ArrayList<>(leaf.intermediates());
        all.addAll(List.of(rootByOther, otherByRoot, other.certificate()));
        Chain chain = new ChainAssessor(List.of(root.certificate()), all, List.of())
                .assess(leaf.certificate(), NOW, CertificatePurpose.SIGN_MAIL)
                .chain();
        assertThat(chain.status()).isEqualTo(ChainStatus.TRUSTED);
        assertThat(chain.path()).hasSize(4);
    }

    @Test
    void takesTheGoodPathOfTwo() {
        TestAuthority first = root.subordinate(ca("Twin").validity(Spec.NOT_BEFORE, NOW.minusSeconds(1)));
        TestIdentity again = root.issue(ca("Twin").keyPair(first.keys()));
        TestIdentity leaf = first.issue(alice());
        Chain chain = new ChainAssessor(
                        List.of(root.certificate()), List.of(first.certificate(), again.certificate()), List.of())
                .assess(leaf.certificate(), NOW, CertificatePurpose.SIGN_MAIL)
                .chain();
        assertThat(chain.status()).isEqualTo(ChainStatus.TRUSTED);
    }

    @Test
    void aCrowdOfIssuersOfOneNameDoesNotHoldUpTheSearch() {
        List<X509Certificate> crowd = new ArrayList<>();
        for (int i = 0; i < PathFinder.MAX_VERIFICATIONS + 50; i++) {
            crowd.add(TestAuthority.root(ca("CA")).certificate());
        }
        TestIdentity leaf = TestAuthority.root(ca("CA")).issue(alice());
        PathFinder.Outcome outcome = PathFinder.find(leaf.certificate(), List.of(), crowd, NOW);
        assertThat(outcome.paths()).isEmpty();
        assertThat(outcome.limited()).isTrue();
        TestIdentity known = authority.issue(alice());
        crowd.addAll(known.chain());
        assertThat(new ChainAssessor(List.of(root.certificate()), crowd, List.of())
                        .assess(known.certificate(), NOW, CertificatePurpose.SIGN_MAIL)
                        .chain()
                        .status())
                .isEqualTo(ChainStatus.TRUSTED);
    }

    @ParameterizedTest
    @CsvSource({"11, true", "12, false"})
    void pathsAreLimitedInLength(int certificates, boolean found) {
        TestAuthority lowest = root;
        for (int i = 0; i < certificates - 1; i++) {
            lowest = lowest.subordinate(ca("CA " + i));
        }
        TestIdentity leaf = lowest.issue(alice());
        assertThat(assess(leaf).chain().status() == ChainStatus.TRUSTED).isEqualTo(found);
    }

    @Test
    void noRevAvailCountsAsGood() throws Exception {
        Extension never = new Extension(new ASN1ObjectIdentifier("2.5.29.56"), false, DERNull.INSTANCE.getEncoded());
        TestIdentity leaf = root.issue(alice().extension(never));
        assertThat(assess(leaf).chain().revocation()).isEqualTo(Revocation.GOOD);
    }

    @Test
    void crlsOfTheWrongTimeSettleNothingButARevocationStays() {
        TestIdentity leaf = root.issue(alice());
        List<BigInteger> revoked = List.of(leaf.certificate().getSerialNumber());
        Instant longAgo = NOW.minusSeconds(100_000);
        Instant ago = NOW.minusSeconds(1);
        Instant soon = NOW.plusSeconds(1);
        assertRevocation(assess(leaf, root.crl(List.of(), longAgo, ago)), Revocation.UNKNOWN, "crl-expired");
        assertRevocation(
                assess(leaf, root.crl(List.of(), soon, soon.plusSeconds(9))), Revocation.UNKNOWN, "crl-not-yet-valid");
        assertThat(assess(leaf, root.crl(revoked, longAgo, ago)).chain().status())
                .isEqualTo(ChainStatus.REVOKED);
        X509CRL later = root.crl(revoked, soon, soon.plusSeconds(9), longAgo, List.of());
        assertThat(assess(leaf, later).chain().status()).isEqualTo(ChainStatus.REVOKED);
        X509CRL notYet = root.crl(revoked, soon, soon.plusSeconds(9));
        assertThat(assess(leaf, notYet).chain().revocation()).isEqualTo(Revocation.UNKNOWN);
        assertThat(assess(leaf, root.crl(List.of(), longAgo, NOW)).chain().revocation())
                .isEqualTo(Revocation.GOOD);
    }

    @Test
    void crlsThatAreNotUnderstoodSettleNothing() throws Exception {
        TestIdentity leaf = root.issue(alice());
        Extension unknown =
                new Extension(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.2"), true, DERNull.INSTANCE.getEncoded());
        assertRevocation(assess(leaf, crl(root, unknown)), Revocation.UNKNOWN, "crl-extension-unknown");
        TestAuthority noCrls = root.subordinate(ca("No CRLs").keyUsage(KeyUsage.keyCertSign));
        assertRevocation(
                assess(noCrls.issue(alice()), noCrls.crl(List.of())), Revocation.UNKNOWN, "crl-signature-invalid");
    }

    @ParameterizedTest
    @CsvSource({"true, false, GOOD", "false, true, UNKNOWN"})
    void crlsSpeakOnlyOfWhatTheyCover(boolean users, boolean authorities, Revocation expected) throws Exception {
        Extension scope = new Extension(
                Extension.issuingDistributionPoint,
                true,
                new IssuingDistributionPoint(null, users, authorities, null, false, false).getEncoded());
        assertThat(assess(root.issue(alice()), crl(root, scope)).chain().revocation())
                .isEqualTo(expected);
    }

    @Test
    void aPartitionedCrlMustBeTheOneThatTheCertificateNames() throws Exception {
        DistributionPointName mine = point("http://crl.example/1");
        Extension named = new Extension(
                Extension.cRLDistributionPoints,
                false,
                new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(mine, null, null)}).getEncoded());
        TestIdentity leaf = root.issue(alice().extension(named));
        assertThat(assess(leaf, crl(root, scope(mine))).chain().revocation()).isEqualTo(Revocation.GOOD);
        assertThat(assess(leaf, crl(root, scope(point("http://crl.example/2"))))
                        .chain()
                        .revocation())
                .isEqualTo(Revocation.UNKNOWN);
    }

    @Test
    void anOddCertificateIsAnAnswer() throws Exception {
        Spec odd = alice().extension(new Extension(Extension.authorityKeyIdentifier, false, new byte[] {5, 0}))
                .extension(new Extension(Extension.subjectAlternativeName, false, new DERSequence().getEncoded()));
        assertThat(assess(root.issue(odd)).chain().path()).isNotEmpty();
    }

    private static void assertRevocation(ChainAssessment assessed, Revocation expected, String finding) {
        assertThat(assessed.chain().revocation()).isEqualTo(expected);
        assertThat(assessed.findings()).contains(finding);
    }

    private static X509CRL crl(TestAuthority issuer, Extension extension) {
        return issuer.crl(List.of(), Spec.NOT_BEFORE, Spec.NOT_AFTER, Spec.NOT_BEFORE, List.of(extension));
    }

    private static DistributionPointName point(String uri) {
        return new DistributionPointName(new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
    }

    private static Extension scope(DistributionPointName name) throws Exception {
        return new Extension(
                Extension.issuingDistributionPoint,
                true,
                new IssuingDistributionPoint(name, false, false, null, false, false).getEncoded());
    }
}
