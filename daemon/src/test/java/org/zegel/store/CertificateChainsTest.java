package org.zegel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;

/** Chains over an authority that has a new key, certified by its old one (RFC 5280 section 3.2). */
class CertificateChainsTest {
    private static final TestAuthority OLD = TestAuthority.root("Root");
    private static final TestAuthority NEW = TestAuthority.root("Root", KeyKind.P256);
    private static final X509Certificate NEW_WITH_OLD = OLD.cross(NEW);
    private static final TestIdentity ALICE = NEW.issue(Spec.mail("Alice", "alice@example.org"));

    @Test
    void whatItsOwnKeySignedIsARoot() {
        assertThat(CertificateChains.isRoot(OLD.certificate())).isTrue();
        assertThat(CertificateChains.isRoot(NEW.certificate())).isTrue();
        assertThat(CertificateChains.isRoot(ALICE.certificate())).isFalse();
    }

    @Test
    void whatOnlyBearsItsIssuersNameIsNone() {
        assertThat(CertificateChains.isRoot(NEW_WITH_OLD)).isFalse();
        TestAuthority otherRsa = TestAuthority.root("Root");
        assertThat(CertificateChains.isRoot(OLD.cross(otherRsa))).isFalse();
        assertThat(CertificateChains.isRoot(NEW.cross(OLD))).isFalse();
    }

    @Test
    void aChainLeadsOverTheNewKeyToTheOldRoot() {
        List<X509Certificate> pool = List.of(NEW.certificate(), OLD.certificate(), NEW_WITH_OLD);

        assertThat(CertificateChains.of(ALICE.certificate(), pool)).containsExactly(NEW_WITH_OLD, OLD.certificate());
        assertThat(CertificateChains.of(ALICE.certificate(), pool.subList(0, 2)))
                .containsExactly(NEW.certificate());
    }

    @Test
    void rootsThatCertifyEachOtherEndSomewhere() {
        List<X509Certificate> pool = List.of(NEW_WITH_OLD, NEW.cross(OLD));

        assertThat(CertificateChains.of(ALICE.certificate(), pool)).containsExactlyElementsOf(pool);
    }
}
