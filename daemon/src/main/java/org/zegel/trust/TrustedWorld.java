package org.zegel.trust;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.zegel.trust.path.IssuerSource;

/** What is trusted apart from any one message: anchors, the clock and the policy, as a call's options change them. */
record TrustedWorld(TrustAnchors anchors, Clock clock, TrustPolicy policy) {
    /** The moment to judge at: the caller's, else the clock's; never one that a signer claims. */
    Instant at(TrustOptions options) {
        return options.at() == null ? clock.instant() : options.at();
    }

    ChainAssessment assess(
            X509Certificate leaf,
            Collection<X509Certificate> extra,
            Collection<X509CRL> crls,
            TrustOptions options,
            CertificatePurpose purpose) {
        List<X509Certificate> others = new ArrayList<>(options.certificates());
        others.addAll(extra);
        Collection<X509Certificate> roots = options.anchors() == null ? anchors.all() : options.anchors();
        return new ChainAssessor(roots, others, crls, policy, IssuerSource.NONE).assess(leaf, at(options), purpose);
    }
}
