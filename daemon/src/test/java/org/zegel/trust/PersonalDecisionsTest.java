package org.zegel.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Finding;
import org.zegel.model.Fingerprint;
import org.zegel.model.Verdict;
import org.zegel.model.Verdict.AnchorSource;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Seal;

class PersonalDecisionsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final List<String> FROM_ALICE = List.of("Alice <alice@example.org>");

    private final TestAuthority root = TestAuthority.root("Root", KeyKind.P256);
    private final TestAuthority authority =
            root.subordinate(Spec.authority("CA").key(KeyKind.P256));
    private final TestIdentity alice = authority.issue(alice());
    private final TestIdentity own = TestAuthority.selfSigned(alice());
    private final List<X509CRL> crls = List.of(root.crl(List.of()), authority.crl(List.of()));

    private static Spec alice() {
        return Spec.mail("Alice", "alice@example.org").key(KeyKind.P256);
    }

    /** Trusts the root, as the person; pins and distrusts these. */
    private record Decided(X509Certificate root, List<X509Certificate> pins, Set<String> never)
            implements TrustAnchors {
        @Override
        public List<X509Certificate> all() {
            return List.of(root);
        }

        @Override
        public AnchorSource source(X509Certificate anchor) {
            return AnchorSource.PERSON;
        }

        @Override
        public List<X509Certificate> pinned() {
            return pins;
        }

        @Override
        public Set<String> distrusted() {
            return never;
        }
    }

    private Decided pinning(X509Certificate... pins) {
        return new Decided(root.certificate(), List.of(pins), Set.of());
    }

    private Decided refusing(X509Certificate... never) {
        Set<String> fingerprints = Stream.of(never).map(Fingerprint::sha256).collect(Collectors.toSet());
        return new Decided(root.certificate(), List.of(), fingerprints);
    }

    private Verdict judge(TrustAnchors anchors, TestIdentity signer, List<X509CRL> with) {
        Trust trust = new Trust(anchors, Clock.fixed(NOW, ZoneOffset.UTC), TrustPolicy.STRICT);
        return trust.judge(
                Facts.message(FROM_ALICE, Facts.signer(signer)), new TrustOptions(null, List.of(), with, null, true));
    }

    @Test
    void aSelfSignedCertificateIsTrustedOnlyOncePinned() {
        Verdict before = judge(pinning(), own, List.of());
        assertThat(before.seal()).isEqualTo(Seal.WARNING);
        assertThat(before.signers().getFirst().chain().reason()).isEqualTo(Finding.SELF_SIGNED);

        Verdict after = judge(pinning(own.certificate()), own, List.of());
        assertThat(after.seal()).isEqualTo(Seal.VALID);
        assertThat(after.signers().getFirst().findings()).contains(Finding.PINNED);
        assertThat(after.signers().getFirst().chain().anchor()).isEqualTo(AnchorSource.PERSON);
    }

    @Test
    void anotherCertificateOfTheSameNameIsNotPinned() {
        Verdict verdict = judge(pinning(own.certificate()), TestAuthority.selfSigned(alice()), List.of());
        assertThat(verdict.seal()).isEqualTo(Seal.WARNING);
    }

    @Test
    void aPinSaysNothingAboutTimeUseOrAddress() {
        TestIdentity past = TestAuthority.selfSigned(
                alice().validity(Instant.parse("2022-01-01T00:00:00Z"), Instant.parse("2023-01-01T00:00:00Z")));
        assertThat(status(judge(pinning(past.certificate()), past, List.of()))).isEqualTo(ChainStatus.EXPIRED);
        TestIdentity server = TestAuthority.selfSigned(
                alice().extendedKeyUsage(org.bouncycastle.asn1.x509.KeyPurposeId.id_kp_serverAuth));
        assertThat(status(judge(pinning(server.certificate()), server, List.of())))
                .isEqualTo(ChainStatus.NOT_ALLOWED);
        TestIdentity other =
                TestAuthority.selfSigned(Spec.mail("Eve", "eve@example.org").key(KeyKind.P256));
        assertThat(judge(pinning(other.certificate()), other, List.of()).seal()).isEqualTo(Seal.WARNING);
    }

    @Test
    void aPinDoesNotUndoARevocation() {
        X509CRL revoked = authority.crl(List.of(alice.certificate().getSerialNumber()));
        Verdict verdict = judge(pinning(alice.certificate()), alice, List.of(root.crl(List.of()), revoked));
        assertThat(verdict.seal()).isEqualTo(Seal.BROKEN);
        assertThat(status(verdict)).isEqualTo(ChainStatus.REVOKED);
    }

    @Test
    void callersAnchorsLeavePinsOut() {
        Trust trust = new Trust(pinning(own.certificate()), Clock.fixed(NOW, ZoneOffset.UTC), TrustPolicy.STRICT);
        TrustOptions named = new TrustOptions(List.of(root.certificate()), List.of(), crls, null, true);
        assertThat(trust.judge(Facts.message(FROM_ALICE, Facts.signer(own)), named)
                        .seal())
                .isEqualTo(Seal.WARNING);
        Verdict.Chain chain = trust.judge(Facts.message(FROM_ALICE, Facts.signer(alice)), named)
                .signers()
                .getFirst()
                .chain();
        assertThat(chain.anchor()).isEqualTo(AnchorSource.CALL);
    }

    @Test
    void nothingBelowADistrustedCertificateIsTrusted() {
        assertThat(judge(refusing(), alice, crls).seal()).isEqualTo(Seal.VALID);
        for (X509Certificate never : List.of(root.certificate(), authority.certificate(), alice.certificate())) {
            Verdict verdict = judge(refusing(never), alice, crls);
            assertThat(verdict.seal()).isEqualTo(Seal.WARNING);
            assertThat(status(verdict)).isEqualTo(ChainStatus.UNTRUSTED);
            assertThat(verdict.signers().getFirst().chain().reason()).isEqualTo(Finding.DISTRUSTED);
            assertThat(verdict.signers().getFirst().chain().anchor()).isNull();
        }
    }

    @Test
    void aWayAroundADistrustedCertificateIsTaken() {
        TestAuthority other = TestAuthority.root("Other", KeyKind.P256);
        X509Certificate crossed = root.cross(other);
        TestIdentity bob = other.issue(alice());
        List<X509CRL> all = List.of(root.crl(List.of()), other.crl(List.of()));
        Trust trust = new Trust(refusing(other.certificate()), Clock.fixed(NOW, ZoneOffset.UTC), TrustPolicy.STRICT);
        Verdict verdict = trust.judge(
                Facts.message(FROM_ALICE, Facts.signer(bob)),
                new TrustOptions(null, List.of(crossed), all, null, true));
        assertThat(status(verdict)).isEqualTo(ChainStatus.TRUSTED);
    }

    private static ChainStatus status(Verdict verdict) {
        return verdict.signers().getFirst().chain().status();
    }
}
