package org.zegel.trust.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.RevocationExtensions;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestCrl;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Revocation;
import org.zegel.trust.ChainAssessment;

/** RFC 5280 section 6.3.3 over CRLs at hand: deltas, indirect CRLs, partial reasons, moments. */
class CrlRulesTest extends RevocationFixture {
    private static final String HERE = "http://crl.example/1";
    private static final int COMPROMISE = ReasonFlags.keyCompromise;
    private static final int REST = ReasonFlags.cACompromise
            | ReasonFlags.affiliationChanged
            | ReasonFlags.superseded
            | ReasonFlags.cessationOfOperation
            | ReasonFlags.certificateHold
            | ReasonFlags.privilegeWithdrawn
            | ReasonFlags.aACompromise;

    @Test
    void aDeltaRevokesWhatTheCompleteListDoesNotHaveYet() {
        TestIdentity leaf = alice();
        X509CRL base = TestCrl.by(ROOT).number(1).make();
        X509CRL delta = TestCrl.by(ROOT)
                .number(2)
                .delta(1)
                .revoke(leaf.certificate(), CRLReason.superseded)
                .make();
        assertGood(offline(leaf, base));
        assertRevoked(offline(leaf, base, delta));
        assertRevoked(offline(leaf, delta, base));
    }

    @Test
    void aDeltaAloneSettlesNothing() {
        TestIdentity leaf = alice();
        X509CRL delta = TestCrl.by(ROOT).number(2).delta(1).make();
        assertThat(offline(leaf, delta).chain().revocation()).isEqualTo(Revocation.NOT_CHECKED);
    }

    @Test
    void aDeltaTakesAHoldBack() {
        TestIdentity leaf = alice();
        X509CRL held = TestCrl.by(ROOT)
                .number(1)
                .revoke(leaf.certificate(), CRLReason.certificateHold)
                .make();
        X509CRL freed = TestCrl.by(ROOT)
                .number(2)
                .delta(1)
                .revoke(leaf.certificate(), CRLReason.removeFromCRL)
                .make();
        assertThat(offline(leaf, held).findings()).contains(Finding.CERTIFICATE_ON_HOLD);
        assertRevoked(offline(leaf, held));
        assertGood(offline(leaf, held, freed));
    }

    @ParameterizedTest
    @CsvSource({"5, 6, 6, false", "5, 4, 5, true", "5, 5, 5, true", "5, 5, 6, true", "5, 1, 4, false"})
    void aDeltaFitsTheListsFromItsBaseOn(long complete, long base, long number, boolean fits) {
        TestIdentity leaf = alice();
        X509CRL list = TestCrl.by(ROOT).number(complete).make();
        X509CRL delta = TestCrl.by(ROOT)
                .number(number)
                .delta(base)
                .revoke(leaf.certificate(), CRLReason.superseded)
                .make();
        assertThat(offline(leaf, list, delta).chain().revocation())
                .isEqualTo(fits ? Revocation.REVOKED : Revocation.GOOD);
    }

    @Test
    void anOldListWithACurrentDeltaIsCurrent() {
        TestIdentity leaf = alice();
        X509CRL old = TestCrl.by(ROOT).number(1).until(NOW.minusSeconds(1)).make();
        X509CRL delta = TestCrl.by(ROOT).number(2).delta(1).make();
        X509CRL oldDelta =
                TestCrl.by(ROOT).number(2).delta(1).until(NOW.minusSeconds(1)).make();
        assertUnknown(offline(leaf, old), Finding.CRL_EXPIRED);
        assertUnknown(offline(leaf, old, oldDelta), Finding.CRL_EXPIRED);
        assertGood(offline(leaf, old, delta));
    }

    @Test
    void aDeltaOfAnotherScopeIsNotLaidOverTheList() {
        TestIdentity leaf = alice();
        X509CRL base = TestCrl.by(ROOT).number(1).make();
        X509CRL users = TestCrl.by(ROOT)
                .number(2)
                .delta(1)
                .scope(null, true, false, null, false)
                .revoke(leaf.certificate(), CRLReason.certificateHold)
                .make();
        assertGood(offline(leaf, base, users));
    }

    @Test
    void aNewestListThatSaysNothingDoesNotTakeARevocationBack() {
        TestIdentity leaf = alice();
        X509CRL revoking = TestCrl.by(ROOT)
                .number(1)
                .revoke(leaf.certificate(), CRLReason.keyCompromise)
                .make();
        X509CRL newer = TestCrl.by(ROOT).number(2).from(NOW.minusSeconds(60)).make();
        assertRevoked(offline(leaf, newer, revoking));
    }

    @Test
    void partialReasonsAddUpToAll() {
        TestIdentity leaf = alice();
        X509CRL some = TestCrl.by(ROOT)
                .scope(null, false, false, new ReasonFlags(COMPROMISE), false)
                .make();
        X509CRL rest = TestCrl.by(ROOT)
                .scope(null, false, false, new ReasonFlags(REST), false)
                .make();
        assertUnknown(offline(leaf, some), Finding.CRL_REASONS_INCOMPLETE);
        assertUnknown(offline(leaf, rest), Finding.CRL_REASONS_INCOMPLETE);
        assertGood(offline(leaf, some, rest));
        X509CRL revoking = TestCrl.by(ROOT)
                .scope(null, false, false, new ReasonFlags(COMPROMISE), false)
                .revoke(leaf.certificate(), CRLReason.keyCompromise)
                .make();
        assertRevoked(offline(leaf, revoking));
    }

    @Test
    void anIndirectCrlNamesTheIssuerOfEachEntry() {
        TestAuthority other =
                ROOT.subordinate(Spec.authority("CRLs").key(KeyKind.P256).keyUsage(KeyUsage.cRLSign));
        TestIdentity leaf = alice(RevocationExtensions.crl(HERE, null, other.certificate()));
        // The entry's issuer holds for all that follow: Eve is of the root too.
        TestIdentity eve = alice();
        X509CRL rootCrl = TestCrl.by(ROOT).make();
        TestCrl indirect = TestCrl.by(other).scope(HERE, false, false, null, true);
        assertGood(withIssuer(other, leaf, rootCrl, indirect.make()));
        assertGood(withIssuer(
                other,
                leaf,
                rootCrl,
                indirect.revoke(eve.certificate(), CRLReason.keyCompromise).make()));
        assertRevoked(withIssuer(
                other,
                leaf,
                indirect.revoke(leaf.certificate(), CRLReason.keyCompromise).make(),
                rootCrlOf(other)));
    }

    /** The root's list, which is not about the leaf as its point names another issuer, but about that issuer. */
    private static X509CRL rootCrlOf(TestAuthority other) {
        assertThat(other.certificate().getIssuerX500Principal())
                .isEqualTo(ROOT.certificate().getSubjectX500Principal());
        return TestCrl.by(ROOT).scope(null, false, true, null, false).make();
    }

    private ChainAssessment withIssuer(TestAuthority crlIssuer, TestIdentity leaf, X509CRL... crls) {
        List<X509Certificate> extra = new ArrayList<>(leaf.chain());
        extra.add(crlIssuer.certificate());
        return assess(leaf, extra, null, true, List.of(crls), List.of());
    }

    @Test
    void anIndirectCrlOfSomebodyElseSettlesNothing() {
        TestAuthority foreign = TestAuthority.root("CRLs", KeyKind.P256);
        TestIdentity leaf = alice(RevocationExtensions.crl(HERE, null, foreign.certificate()));
        X509CRL indirect =
                TestCrl.by(foreign).scope(HERE, false, false, null, true).make();
        assertUnknown(withIssuer(foreign, leaf, indirect), Finding.CRL_ISSUER_UNTRUSTED);
    }

    @Test
    void aRevokedCrlIssuerSettlesNothing() {
        TestAuthority other =
                ROOT.subordinate(Spec.authority("CRLs").key(KeyKind.P256).keyUsage(KeyUsage.cRLSign));
        TestIdentity leaf = alice(RevocationExtensions.crl(HERE, null, other.certificate()));
        X509CRL authorities = TestCrl.by(ROOT)
                .scope(null, false, true, null, false)
                .revoke(other.certificate(), CRLReason.keyCompromise)
                .make();
        X509CRL indirect =
                TestCrl.by(other).scope(HERE, false, false, null, true).make();
        assertUnknown(withIssuer(other, leaf, authorities, indirect), Finding.CRL_ISSUER_UNTRUSTED);
    }

    @Test
    void aDirectCrlSaysNothingOfOthersCertificates() {
        TestAuthority other =
                ROOT.subordinate(Spec.authority("CRLs").key(KeyKind.P256).keyUsage(KeyUsage.cRLSign));
        TestIdentity leaf = alice(RevocationExtensions.crl(HERE, null, other.certificate()));
        X509CRL direct =
                TestCrl.by(other).scope(HERE, false, false, null, false).make();
        assertThat(withIssuer(other, leaf, direct).chain().revocation()).isEqualTo(Revocation.NOT_CHECKED);
        X509CRL lying = TestCrl.by(ROOT).oddEntry().make();
        assertUnknown(offline(alice(), lying), Finding.CRL_EXTENSION_UNKNOWN);
    }

    @Test
    void aSecondKeyOfTheAuthorityMaySignItsLists() {
        TestAuthority again = ROOT.subordinate(Spec.authority("Twice").key(KeyKind.P256));
        TestAuthority first =
                ROOT.subordinate(Spec.authority("Twice").key(KeyKind.P256).keyUsage(KeyUsage.keyCertSign));
        TestIdentity leaf = first.issue(aliceSpec());
        X509CRL byAgain = TestCrl.by(again).make();
        X509CRL rootCrl = TestCrl.by(ROOT).make();
        assertGood(withIssuer(again, leaf, byAgain, rootCrl));
        assertUnknown(offline(leaf, byAgain, rootCrl), Finding.CRL_SIGNATURE_INVALID);
        assertRevoked(withIssuer(
                again,
                leaf,
                TestCrl.by(again)
                        .revoke(leaf.certificate(), CRLReason.superseded)
                        .make(),
                rootCrl));
    }

    @Test
    void revokedAfterTheMomentDoesNotCount() {
        TestIdentity leaf = alice();
        Instant revokedAt = NOW.minusSeconds(100);
        X509CRL crl = TestCrl.by(ROOT)
                .from(NOW.minusSeconds(50))
                .revoke(leaf.certificate(), CRLReason.superseded, revokedAt, null)
                .make();
        assertRevoked(at(NOW, leaf, crl));
        assertRevoked(at(revokedAt, leaf, crl));
        ChainAssessment before = at(revokedAt.minusSeconds(1), leaf, crl);
        assertThat(before.chain().revocation()).isEqualTo(Revocation.GOOD);
        assertThat(before.findings()).containsExactly(Finding.REVOKED_LATER);
    }

    @Test
    void theDayTheKeyWentBadCountsWhereItIsNamed() {
        TestIdentity leaf = alice();
        Instant revokedAt = NOW.minusSeconds(100);
        Instant badSince = NOW.minusSeconds(1000);
        X509CRL crl = TestCrl.by(ROOT)
                .from(NOW.minusSeconds(50))
                .revoke(leaf.certificate(), CRLReason.keyCompromise, revokedAt, badSince)
                .make();
        assertThat(stamped(revokedAt.minusSeconds(1), leaf, crl).revocation()).isEqualTo(Revocation.REVOKED);
        assertThat(stamped(badSince.minusSeconds(1), leaf, crl).revocation()).isEqualTo(Revocation.GOOD);
    }

    @Test
    void aMomentThatTheCallerNamesIsThePresent() {
        TestIdentity leaf = alice();
        X509CRL crl = TestCrl.by(ROOT).from(NOW).make();
        assertGood(at(NOW, leaf, crl));
        Instant before = NOW.minus(Duration.ofDays(1));
        assertUnknown(at(before, leaf, crl), Finding.CRL_NOT_YET_VALID);
        assertThat(stamped(before, leaf, crl).revocation()).isEqualTo(Revocation.GOOD);
    }

    @Test
    void listsFromAfterTheExpiryMayHaveForgotten() {
        Instant expiry = NOW.minusSeconds(500);
        TestIdentity leaf = ROOT.issue(aliceSpec().validity(Spec.NOT_BEFORE, expiry));
        Instant then = expiry.minusSeconds(500);
        assertThat(stamped(then, leaf, TestCrl.by(ROOT).from(expiry).make()).revocation())
                .isEqualTo(Revocation.GOOD);
        X509CRL late = TestCrl.by(ROOT).from(expiry.plusSeconds(1)).make();
        assertThat(stamped(then, leaf, late).revocation()).isEqualTo(Revocation.UNKNOWN);
        assertThat(stamped(then, leaf, late).findings()).contains(Finding.REVOCATION_AFTER_EXPIRY);
        X509CRL remembers = TestCrl.by(ROOT)
                .from(expiry.plusSeconds(1))
                .extension(new ASN1ObjectIdentifier("2.5.29.60"), false, new ASN1GeneralizedTime("20200101000000Z"))
                .make();
        assertThat(stamped(then, leaf, remembers).revocation()).isEqualTo(Revocation.GOOD);
    }

    @Test
    void whatTheSenderSendsAlongDoesNotHideWhatTheNetworkSays() {
        TestIdentity leaf = alice(RevocationExtensions.crls(web.url("/crl")));
        X509CRL old = TestCrl.by(ROOT).number(1).make();
        X509CRL revoking = TestCrl.by(ROOT)
                .number(2)
                .from(NOW.minusSeconds(60))
                .revoke(leaf.certificate(), CRLReason.keyCompromise)
                .make();
        assertUnknown(
                assess(
                        leaf,
                        null,
                        false,
                        List.of(),
                        List.of(TestCrl.by(ROOT).until(NOW.minusSeconds(1)).make())),
                Finding.CRL_EXPIRED,
                Finding.REVOCATION_UNREACHABLE);
        cache.clear();
        assertGood(assess(leaf, null, false, List.of(), List.of(old)));
        cache.clear();
        web.serve("/crl", encoded(revoking));
        assertRevoked(assess(leaf, null, false, List.of(), List.of(old)));
        assertRevoked(assess(leaf, null, true, List.of(), List.of(revoking, old)));
    }

    private static byte[] encoded(X509CRL crl) {
        try {
            return crl.getEncoded();
        } catch (CRLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
