package org.zegel.trust.revocation;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds paths for certificates that sign CRLs; path validation implements it. */
@FunctionalInterface
public interface CrlIssuerPaths {
    /** Nobody but a CA of the path signs CRLs. */
    CrlIssuerPaths NONE = (issuer, anchor, others, at) -> Optional.empty();

    /**
     * A path from the CRL issuer to this very anchor (RFC 5280 section 6.3.3 (f)), valid at the moment but for
     * revocation, issuer first, anchor last.
     */
    Optional<List<X509Certificate>> find(
            X509Certificate issuer, X509Certificate anchor, Collection<X509Certificate> others, Instant at);
}
