package org.zegel.trust.revocation;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * A path whose certificates' revocation is asked.
 *
 * @param path leaf first, anchor last; already validated but for revocation
 * @param others certificates that may be those of CRL issuers
 * @param at the moment to judge at
 * @param now the clock's moment: data from after it is not believed
 * @param fetches whether this path is worth going to the network for
 */
public record RevocationQuestion(
        List<X509Certificate> path,
        Collection<X509Certificate> others,
        RevocationData data,
        Instant at,
        Instant now,
        boolean fetches) {
    public RevocationQuestion {
        path = List.copyOf(path);
    }

    X509Certificate anchor() {
        return path.getLast();
    }
}
