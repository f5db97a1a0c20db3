package org.zegel.trust;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call adds to or replaces of the configured trust.
 *
 * @param anchors used instead of the configured anchors; null keeps those
 * @param certificates extra certificates for building paths
 * @param crls extra CRLs, consulted before any other source
 * @param at the moment to judge at; null is now
 * @param offline no network at all
 */
public record TrustOptions(
        @Nullable List<X509Certificate> anchors,
        List<X509Certificate> certificates,
        List<X509CRL> crls,
        @Nullable Instant at,
        boolean offline) {
    public static final TrustOptions DEFAULT = new TrustOptions(null, List.of(), List.of(), null, false);

    /** The same at another moment. */
    TrustOptions at(Instant moment) {
        return new TrustOptions(anchors, certificates, crls, moment, offline);
    }

    /** The same with more certificates for building paths. */
    public TrustOptions with(List<X509Certificate> more) {
        List<X509Certificate> all = new ArrayList<>(certificates);
        all.addAll(more);
        return new TrustOptions(anchors, all, crls, at, offline);
    }
}
