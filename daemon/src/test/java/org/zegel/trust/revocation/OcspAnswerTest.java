package org.zegel.trust.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.RevocationExtensions;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestCrl;
import org.zegel.fixtures.TestIdentity;
import org.zegel.fixtures.TestOcsp;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Revocation;
import org.zegel.trust.ChainAssessment;
import org.zegel.trust.network.Network;

/** Which OCSP answers are believed (RFC 6960 section 3.2), and what is told of the others. */
class OcspAnswerTest extends RevocationFixture {
    private static final SignatureStrength ANY = new SignatureStrength() {
        @Override
        public boolean acceptable(AlgorithmIdentifier signature) {
            return true;
        }

        @Override
        public boolean acceptable(X509Certificate signer) {
            return true;
        }
    };

    private TestIdentity leaf;

    @BeforeEach
    void issue() {
        leaf = alice(RevocationExtensions.access(web.url("/ocsp"), null));
    }

    private TestOcsp about() {
        return TestOcsp.about(leaf.certificate(), ROOT.certificate())
                .from(NOW.minusSeconds(60))
                .until(NOW.plusSeconds(3600));
    }

    private ChainAssessment answered(byte[] answer) {
        web.serve("/ocsp", answer);
        return online(leaf);
    }

    private static TestIdentity delegate() {
        return ROOT.issue(responder().extension(RevocationExtensions.noCheck()));
    }

    @Test
    void anAnswerMadeInAdvanceHasNoNonceAndIsBelieved() {
        assertGood(answered(about().signedBy(delegate())));
        assertThat(cache.moments()).containsExactly(NOW.plusSeconds(3600));
    }

    @Test
    void anAnswerIsKeptForHalfADayAtMost() {
        assertGood(answered(about().until(NOW.plus(Duration.ofDays(30))).signedBy(delegate())));
        assertThat(cache.moments()).containsExactly(NOW.plus(OcspFetch.MAX_KEPT));
    }

    @Test
    void ourNonceComesBackAndIsNew() throws Exception {
        byte[][] nonces = new byte[2][];
        for (int i = 0; i < 2; i++) {
            int round = i;
            web.serve("/ocsp", request -> {
                nonces[round] = TestOcsp.nonceOf(request);
                return about().nonce(nonces[round]).signedBy(delegate());
            });
            assertGood(online(leaf));
            cache.clear();
        }
        assertThat(nonces[0]).hasSize(32).isNotEqualTo(nonces[1]);
    }

    @Test
    void anotherNonceIsAReplay() {
        byte[] other = new byte[32];
        new SecureRandom().nextBytes(other);
        assertUnknown(answered(about().nonce(other).signedBy(delegate())), Finding.OCSP_NONCE_MISMATCH);
        assertThat(cache.answers()).isZero();
    }

    @Test
    void aPolicyMayInsistOnTheNonce() {
        policy = policy.withRequiredNonce(true);
        assertUnknown(answered(about().signedBy(delegate())), Finding.OCSP_NONCE_MISSING);
    }

    @Test
    void respondersAreNamedByNameOrByKeyAndCertificatesByAnyHash() {
        assertGood(answered(about().byName().signedBy(delegate())));
        leaf = alice(RevocationExtensions.access(web.url("/ocsp"), null));
        assertGood(answered(about().hash(NISTObjectIdentifiers.id_sha256).signedBy(delegate())));
    }

    @Test
    void revokedLaterThanTheMomentJudgedAtDoesNotCount() {
        web.serve(
                "/ocsp",
                about().revoked(NOW.minusSeconds(30), CRLReason.keyCompromise).signedBy(delegate()));
        ChainAssessment before = assess(leaf, NOW.minusSeconds(31), false, List.of(), List.of());
        assertThat(before.chain().revocation()).isEqualTo(Revocation.GOOD);
        assertThat(before.findings()).containsExactly(Finding.REVOKED_LATER);
        assertRevoked(online(leaf));
    }

    @Test
    void oldAndFutureAnswersSettleNothing() {
        assertUnknown(
                answered(about().from(NOW.minusSeconds(99))
                        .until(NOW.minusSeconds(1))
                        .signedBy(delegate())),
                Finding.OCSP_EXPIRED);
        assertUnknown(answered(about().from(NOW.plusSeconds(301)).signedBy(delegate())), Finding.OCSP_NOT_YET_VALID);
        assertGood(answered(about().from(NOW.plusSeconds(299)).signedBy(delegate())));
    }

    @Test
    void anAnswerWithoutANextUpdateLastsADay() {
        Instant limit = NOW.minus(TimeRules.WITHOUT_NEXT_UPDATE);
        assertUnknown(
                answered(about().from(limit.minusSeconds(1)).until(null).signedBy(delegate())), Finding.OCSP_EXPIRED);
        assertGood(answered(about().from(limit).until(null).signedBy(delegate())));
    }

    @Test
    void answersAboutOthersSettleNothing() {
        TestIdentity other = alice();
        byte[] answer = TestOcsp.about(other.certificate(), ROOT.certificate()).signedBy(delegate());
        assertUnknown(answered(answer), Finding.OCSP_OTHER_CERTIFICATE);
        TestAuthority namesake = TestAuthority.root("Root", KeyKind.P256);
        answer = TestOcsp.about(leaf.certificate(), namesake.certificate()).signedBy(delegate());
        assertUnknown(answered(answer), Finding.OCSP_OTHER_CERTIFICATE);
    }

    @Test
    void onlyResponderCertificatesOfTheAuthorityAnswer() {
        Spec mail = Spec.mail("Eve", "eve@example.net").key(KeyKind.P256);
        assertUnknown(answered(about().signedBy(ROOT.issue(mail))), Finding.OCSP_RESPONDER_UNAUTHORIZED);
        assertUnknown(
                answered(about().signedBy(TestAuthority.selfSigned(responder()))), Finding.OCSP_RESPONDER_UNAUTHORIZED);
        TestAuthority below = ROOT.subordinate(Spec.authority("Below").key(KeyKind.P256));
        assertUnknown(
                answered(about().signedBy(below.issue(responder().extension(RevocationExtensions.noCheck())))),
                Finding.OCSP_RESPONDER_UNAUTHORIZED);
        assertUnknown(
                answered(about().signedBy(ROOT.issue(
                        responder().keyUsage(KeyUsage.keyAgreement).extension(RevocationExtensions.noCheck())))),
                Finding.OCSP_RESPONDER_UNAUTHORIZED);
        assertUnknown(
                answered(about().signedBy(ROOT.issue(responder()
                        .validity(Spec.NOT_BEFORE, NOW.minusSeconds(61))
                        .extension(RevocationExtensions.noCheck())))),
                Finding.OCSP_RESPONDER_UNAUTHORIZED);
    }

    @Test
    void anyPurposeIsNotThePurposeOfResponders() {
        TestIdentity any = ROOT.issue(responder()
                .extendedKeyUsage(KeyPurposeId.anyExtendedKeyUsage)
                .extension(RevocationExtensions.noCheck()));
        assertUnknown(answered(about().signedBy(any)), Finding.OCSP_RESPONDER_UNAUTHORIZED);
    }

    @Test
    void aResponderThatMayBeRevokedIsLookedUp() {
        TestIdentity checked = ROOT.issue(responder().extension(RevocationExtensions.crls(web.url("/crl"))));
        byte[] answer = about().signedBy(checked);
        assertUnknown(answered(answer), Finding.OCSP_RESPONDER_UNAUTHORIZED);
        cache.clear();
        web.serve("/crl", TestCrl.by(ROOT).encoded());
        assertGood(answered(answer));
        web.serve(
                "/crl",
                TestCrl.by(ROOT)
                        .revoke(checked.certificate(), CRLReason.keyCompromise)
                        .encoded());
        cache.clear();
        assertUnknown(answered(answer), Finding.OCSP_RESPONDER_UNAUTHORIZED);
    }

    @Test
    void aTamperedAnswerIsNotBelieved() {
        byte[] answer = about().signedBy(delegate());
        byte[] needle = leaf.certificate().getSerialNumber().toByteArray();
        int at = HexFormat.of().formatHex(answer).indexOf(HexFormat.of().formatHex(needle)) / 2;
        // Turns "good" (tag 80) after the serial number into "unknown" (tag 82).
        assertThat(answer[at + needle.length]).isEqualTo((byte) 0x80);
        answer[at + needle.length] = (byte) 0x82;
        assertUnknown(answered(answer), Finding.OCSP_SIGNATURE_INVALID);
    }

    @Test
    void weakSignaturesAreNotBelieved() {
        assertUnknown(answered(about().signature("SHA1withECDSA").signedBy(delegate())), Finding.OCSP_ALGORITHM_WEAK);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {OCSPResp.MALFORMED_REQUEST, OCSPResp.INTERNAL_ERROR, OCSPResp.TRY_LATER, OCSPResp.UNAUTHORIZED})
    void aRefusalIsNoAnswer(int status) {
        assertUnknown(answered(TestOcsp.refusal(status)), Finding.OCSP_REFUSED);
    }

    @Test
    void whatIsNoAnswerAtAllIsTold() {
        assertUnknown(answered("<html>Welcome</html>".getBytes(StandardCharsets.US_ASCII)), Finding.OCSP_MALFORMED);
        assertUnknown(answered(new byte[0]), Finding.OCSP_MALFORMED);
    }

    @Test
    void anAnswerLargerThanAllowedIsNotRead() {
        assertUnknown(answered(new byte[64 * 1024 + 1]), Finding.REVOCATION_TOO_LARGE);
    }

    @Test
    void aResponderThatKnowsOnlyGetIsAskedByGet() {
        byte[] answer = about().signedBy(delegate());
        web.serveAll(posted -> posted.length == 0 ? answer : null);
        assertGood(online(leaf));
        assertThat(web.asked()).hasSize(2);
        assertThat(web.asked().getFirst()).startsWith("POST /ocsp");
        assertThat(web.asked().getLast()).startsWith("GET /ocsp/");
    }

    @Test
    void withoutAnAnswerTheCrlDecides() {
        TestIdentity both = alice(
                RevocationExtensions.access(web.url("/nothing"), null), RevocationExtensions.crls(web.url("/crl")));
        web.serve("/crl", TestCrl.by(ROOT).encoded());
        assertGood(online(both));
        assertThat(web.asked()).contains("POST /nothing", "GET /crl");
    }

    @Test
    void policyMayLeaveOcspOut() {
        policy = policy.withSources(false, true);
        assertUnknown(answered(about().signedBy(delegate())), Finding.REVOCATION_NO_SOURCE);
        assertThat(web.asked()).isEmpty();
    }

    @Test
    void anAnswerNestedWithoutEndIsMalformedAndNothingWorse() {
        for (byte[] deep : List.of(nested(9_000, new byte[0]), nested(9_000, TestOcsp.refusal(OCSPResp.TRY_LATER)))) {
            assertThat(carried(deep)).isEqualTo(Revocation.UNKNOWN);
        }
    }

    /** SEQUENCE in SEQUENCE. */
    private static byte[] nested(int depth, byte[] inner) {
        byte[] der = inner;
        for (int i = 0; i < depth; i++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(0x30);
            out.write(0x83);
            out.write(der.length >> 16);
            out.write(der.length >> 8);
            out.write(der.length);
            out.writeBytes(der);
            der = out.toByteArray();
        }
        return der;
    }

    /** Judged with the answer in the message. */
    private Revocation carried(byte[] answer) {
        RevocationOutcome outcome = new RevocationChecker(
                        policy, Network.none(clock).session(true), ANY, CrlIssuerPaths.NONE)
                .check(new RevocationQuestion(
                        List.of(leaf.certificate(), ROOT.certificate()),
                        List.of(),
                        new RevocationData(List.of(), List.of(), List.of(answer)),
                        NOW,
                        NOW,
                        false));
        return outcome.revocation();
    }

    @Test
    void noChangedByteOfAnAnswerMakesItGoodOrThrows() {
        byte[] answer =
                about().revoked(NOW.minusSeconds(90), CRLReason.keyCompromise).signedBy(delegate());
        for (int i = 0; i < answer.length; i++) {
            byte[] changed = answer.clone();
            changed[i] ^= 0x21;
            assertThat(carried(changed)).as("byte " + i).isNotEqualTo(Revocation.GOOD);
        }
        assertThat(carried(answer)).isEqualTo(Revocation.REVOKED);
    }
}
