package org.zegel.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Chain;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Revocation;
import org.zegel.trust.path.PathFinder;

/** Which way to an anchor is found, and how long is searched. */
class PathSearchTest extends ChainFixture {
    @Test
    void needsAnAnchor() {
        TestIdentity stranger =
                TestAuthority.root("Stranger").subordinate("Sub").issue(alice());
        assertRefused(stranger, ChainStatus.UNTRUSTED, Finding.ANCHOR_UNKNOWN);
        assertRefused(
                new TestIdentity(stranger.certificate(), stranger.privateKey(), List.of()),
                ChainStatus.UNTRUSTED,
                Finding.ISSUER_UNKNOWN);
        assertRefused(TestAuthority.selfSigned(alice()), ChainStatus.UNTRUSTED, Finding.SELF_SIGNED);
    }

    @Test
    void anIssuerOfTheRightNameWithAnotherKeyDoesNotDo() {
        TestAuthority forged = TestAuthority.root("Root", KeyKind.P256);
        TestIdentity leaf = forged.issue(alice());
        assertRefused(
                new TestIdentity(leaf.certificate(), leaf.privateKey(), List.of()),
                ChainStatus.UNTRUSTED,
                Finding.ISSUER_SIGNATURE_INVALID);
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
    void takesThePathThatIsNotRevoked() {
        TestAuthority other = TestAuthority.root("Other", KeyKind.P256);
        TestAuthority withdrawn = root.subordinate(ca("Twin"));
        TestIdentity again = other.issue(ca("Twin").keyPair(withdrawn.keys()));
        TestIdentity leaf = withdrawn.issue(alice());
        X509CRL[] crls = {
            root.crl(List.of(withdrawn.certificate().getSerialNumber())), other.crl(List.of()), withdrawn.crl(List.of())
        };
        List<X509Certificate> both = List.of(withdrawn.certificate(), again.certificate());
        List<X509Certificate> anchors = List.of(root.certificate(), other.certificate());
        Chain chain = new ChainAssessor(anchors, both, List.of(crls))
                .assess(leaf.certificate(), NOW, CertificatePurpose.SIGN_MAIL)
                .chain();
        assertThat(chain.status()).isEqualTo(ChainStatus.TRUSTED);
        assertThat(chain.revocation()).isEqualTo(Revocation.GOOD);
        assertThat(new ChainAssessor(List.of(root.certificate()), both, List.of(crls))
                        .assess(leaf.certificate(), NOW, CertificatePurpose.SIGN_MAIL)
                        .chain()
                        .status())
                .isEqualTo(ChainStatus.REVOKED);
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
}
