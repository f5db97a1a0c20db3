package org.zegel.trust;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.zegel.trust.network.FetchSession;
import org.zegel.trust.network.Network;
import org.zegel.trust.revocation.RevocationData;

/** What is trusted apart from any one message: anchors, the clock and the policy, as a call's options change them. */
record TrustedWorld(TrustAnchors anchors, Clock clock, TrustPolicy policy, Network network, FetchSession fetches) {
    TrustedWorld(TrustAnchors anchors, Clock clock, TrustPolicy policy, Network network) {
        this(anchors, clock, policy, network, network.session(true));
    }

    /**
     * The same for one call: what it fetches, it fetches once and within one budget. A moment that the caller names is
     * its present: lists and answers of later times were not there then.
     */
    TrustedWorld forCall(TrustOptions options) {
        Clock present = options.at() == null ? clock : Clock.fixed(options.at(), ZoneOffset.UTC);
        return new TrustedWorld(anchors, present, policy, network, network.session(options.offline()));
    }

    /** The moment to judge at: the caller's, else the clock's; never one that a signer claims. */
    Instant at(TrustOptions options) {
        return options.at() == null ? clock.instant() : options.at();
    }

    ChainAssessment assess(
            X509Certificate leaf,
            Collection<X509Certificate> extra,
            RevocationData data,
            TrustOptions options,
            CertificatePurpose purpose) {
        List<X509Certificate> others = new ArrayList<>(options.certificates());
        others.addAll(extra);
        return new PersonalDecisions(anchors, options)
                .assess(
                        leaf,
                        others,
                        (roots, helping) -> new ChainAssessor(roots, helping, data, policy, fetches, clock.instant())
                                .assess(leaf, at(options), purpose));
    }
}
