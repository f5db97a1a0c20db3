package org.zegel.trust.path;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A place that issuers' certificates may be had from when those at hand lead to no trusted path, such as the
 * authorityInfoAccess of RFC 5280 section 4.2.2.1. What it gives is as little trusted as what a message carries.
 */
@FunctionalInterface
public interface IssuerSource {
    /** Knows none. */
    IssuerSource NONE = _ -> List.of();

    /** Certificates that may have issued this one; none when there is nothing or it cannot be had. Never throws. */
    List<X509Certificate> issuersOf(X509Certificate certificate);
}
