package org.zegel.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.List;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Chain;
import org.zegel.model.Verdict.ChainStatus;

/** A root, an authority below it, and what a chain to that root is judged to be. */
abstract class ChainFixture {
    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    final TestAuthority root = TestAuthority.root("Root", KeyKind.P256);
    final TestAuthority authority = root.subordinate(ca("CA"));

    static Spec ca(String name) {
        return Spec.authority(name).key(KeyKind.P256);
    }

    static Spec alice() {
        return Spec.mail("Alice", "alice@example.org").key(KeyKind.P256);
    }

    ChainAssessment assess(TestIdentity leaf, X509CRL... crls) {
        return assess(leaf, CertificatePurpose.SIGN_MAIL, crls);
    }

    ChainAssessment assess(TestIdentity leaf, CertificatePurpose purpose, X509CRL... crls) {
        return new ChainAssessor(List.of(root.certificate()), leaf.chain(), List.of(crls))
                .assess(leaf.certificate(), NOW, purpose);
    }

    void assertRefused(TestIdentity leaf, ChainStatus status, Finding reason) {
        Chain chain = assess(leaf).chain();
        assertThat(chain.status()).isEqualTo(status);
        assertThat(chain.reason()).isEqualTo(reason);
    }
}
