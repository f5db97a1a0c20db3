package org.zegel.trust.revocation;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which moments revocation data may speak of. Data that was current at the moment judged at counts. So does data issued
 * later, as far as the certificate had not expired by then: after that a CA may forget it. What was revoked
 * after the moment does not count, unless the CA says that the key was bad before (invalidityDate).
 *
 * @param at the moment judged at
 * @param now the clock's; what claims to be of later is not believed
 */
record TimeRules(Instant at, Instant now, Duration skew) {
    /** How long data counts that does not say when the next is due. */
    static final Duration WITHOUT_NEXT_UPDATE = Duration.ofDays(1);

    /** What the time of data means. */
    enum Timeliness {
        USABLE,
        NOT_YET_VALID,
        EXPIRED,
        /** Issued when the certificate had expired already: it may have been forgotten. */
        TOO_LATE
    }

    /** @param keepsSince data since this moment is kept for expired certificates too; null: it says nothing */
    Timeliness of(
            Instant thisUpdate,
            @Nullable Instant nextUpdate,
            X509Certificate certificate,
            @Nullable Instant keepsSince) {
        Instant latest = now.isAfter(at) ? now : at;
        if (thisUpdate.isAfter(latest.plus(skew))) {
            return Timeliness.NOT_YET_VALID;
        }
        Instant until = nextUpdate == null ? thisUpdate.plus(WITHOUT_NEXT_UPDATE) : nextUpdate;
        if (until.isBefore(thisUpdate)) {
            return Timeliness.EXPIRED;
        }
        if (!thisUpdate.isAfter(at)) {
            return at.isAfter(until) ? Timeliness.EXPIRED : Timeliness.USABLE;
        }
        Instant expires = certificate.getNotAfter().toInstant();
        boolean remembered = !thisUpdate.isAfter(expires) || (keepsSince != null && !keepsSince.isAfter(expires));
        return remembered ? Timeliness.USABLE : Timeliness.TOO_LATE;
    }

    /** Whether a revocation had effect at the moment. */
    boolean inEffect(Instant revokedAt, @Nullable Instant invalidSince) {
        return !revokedAt.isAfter(at) || (invalidSince != null && !invalidSince.isAfter(at));
    }
}
