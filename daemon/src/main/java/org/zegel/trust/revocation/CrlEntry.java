package org.zegel.trust.revocation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a CRL.
 *
 * @param reason CRLReason of RFC 5280 section 5.3.1; 0 where none is given
 * @param invalidSince invalidityDate: since when the key is suspected
 */
record CrlEntry(Instant revokedAt, int reason, @Nullable Instant invalidSince) {
    static final int CERTIFICATE_HOLD = 6;
    static final int REMOVE_FROM_CRL = 8;

    boolean removed() {
        return reason == REMOVE_FROM_CRL;
    }

    boolean onHold() {
        return reason == CERTIFICATE_HOLD;
    }

    /** Cannot be taken back. */
    boolean permanent() {
        return !removed() && !onHold();
    }
}
