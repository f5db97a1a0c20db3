package org.zegel.trust.revocation;

import java.security.cert.X509CRL;
import java.util.Collection;
import java.util.List;

/**
 * Revocation data at hand.
 *
 * @param named CRLs that the caller named: as good as fetched ones
 * @param carried CRLs of the message itself, chosen by its sender
 * @param carriedOcsp OCSP responses of the message (RFC 5940), DER of an OCSPResponse or BasicOCSPResponse each
 */
public record RevocationData(Collection<X509CRL> named, Collection<X509CRL> carried, List<byte[]> carriedOcsp) {
    public static final RevocationData NONE = new RevocationData(List.of(), List.of(), List.of());

    public RevocationData {
        named = List.copyOf(named);
        carried = List.copyOf(carried);
        carriedOcsp = List.copyOf(carriedOcsp);
    }
}
