package org.zegel.trust.path;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Certificates that lead from a leaf towards an anchor, leaf first. Each is signed by the next.
 *
 * @param anchored whether the last one is a trust anchor
 */
public record CandidatePath(List<X509Certificate> certificates, boolean anchored) {
    public CandidatePath {
        certificates = List.copyOf(certificates);
    }

    public X509Certificate leaf() {
        return certificates.getFirst();
    }

    public X509Certificate last() {
        return certificates.getLast();
    }

    /** All but the anchor; an anchor that is itself the leaf stays. */
    public List<X509Certificate> belowAnchor() {
        return certificates.size() == 1 || !anchored ? certificates : certificates.subList(0, certificates.size() - 1);
    }

    /** The CAs between leaf and anchor, nearest to the leaf first. */
    public List<X509Certificate> intermediates() {
        List<X509Certificate> below = belowAnchor();
        return below.subList(1, below.size());
    }
}
