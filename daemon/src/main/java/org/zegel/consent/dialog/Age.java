package org.zegel.consent.dialog;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** Where a moment lies in a certificate's time. */
enum Age {
    EARLY,
    GOOD,
    /** Good, for {@link #SOON} at most. */
    ENDING,
    EXPIRED;

    /** From when on the end of a certificate is worth a word. */
    static final Duration SOON = Duration.ofDays(30);

    /** Valid from the first to the last moment, both included (RFC 5280, section 4.1.2.5). */
    static Age of(X509Certificate certificate, Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            return EARLY;
        }
        if (now.isAfter(end)) {
            return EXPIRED;
        }
        return now.isBefore(end.minus(SOON)) ? GOOD : ENDING;
    }
}
