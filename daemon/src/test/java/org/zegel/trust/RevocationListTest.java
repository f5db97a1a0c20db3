package org.zegel.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Revocation;

/** What revocation lists settle, and what they leave open. */
class RevocationListTest extends ChainFixture {
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
        Instant soon = NOW.plusSeconds(600);
        assertRevocation(assess(leaf, root.crl(List.of(), longAgo, ago)), Revocation.UNKNOWN, Finding.CRL_EXPIRED);
        assertRevocation(
                assess(leaf, root.crl(List.of(), soon, soon.plusSeconds(9))),
                Revocation.UNKNOWN,
                Finding.CRL_NOT_YET_VALID);
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
        assertRevocation(assess(leaf, crl(root, unknown)), Revocation.UNKNOWN, Finding.CRL_EXTENSION_UNKNOWN);
        TestAuthority noCrls = root.subordinate(ca("No CRLs").keyUsage(KeyUsage.keyCertSign));
        assertRevocation(
                assess(noCrls.issue(alice()), noCrls.crl(List.of())),
                Revocation.UNKNOWN,
                Finding.CRL_SIGNATURE_INVALID);
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

    private static void assertRevocation(ChainAssessment assessed, Revocation expected, Finding finding) {
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
