package org.zegel.operation;

import java.security.cert.X509Certificate;
import java.time.Instant;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.CertificateSummary;

/** A certificate's own validity period (RFC 5280 section 4.1.2.5), both ends included. */
public final class Validity {
    private Validity() {}

    public static boolean covers(X509Certificate certificate, Instant moment) {
        CertificateSummary summary = CertificateSummaries.of(certificate);
        return !moment.isBefore(summary.notBefore()) && !moment.isAfter(summary.notAfter());
    }
}
