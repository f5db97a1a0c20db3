package org.zegel.trust.revocation;

import java.time.Duration;

/**
 * What is asked of revocation.
 *
 * @param failure what an unsettled state does to the seal
 * @param ocsp asks OCSP responders, before CRLs
 * @param crls fetches CRLs
 * @param requireNonce an OCSP answer that does not repeat our nonce settles nothing; most public responders give answers
 *     made in advance, which have none
 * @param clockSkew how far ahead of ours the clock of a CA may be
 */
public record RevocationPolicy(Failure failure, boolean ocsp, boolean crls, boolean requireNonce, Duration clockSkew) {
    /** What to do when revocation could not be settled. It is told in any case. */
    public enum Failure {
        /** The seal is a warning. */
        HARD,
        /** The seal is not lowered. */
        SOFT,
        /** As soft, and nothing is fetched for it: only data at hand is looked at. */
        OFF
    }

    public static final RevocationPolicy HARD =
            new RevocationPolicy(Failure.HARD, true, true, false, Duration.ofMinutes(5));
    public static final RevocationPolicy SOFT = HARD.with(Failure.SOFT);

    public RevocationPolicy {
        if (clockSkew.isNegative()) {
            throw new IllegalArgumentException("negative skew");
        }
    }

    /** A state that is not settled is said, but does not keep the seal from being valid. */
    public boolean soft() {
        return failure != Failure.HARD;
    }

    public RevocationPolicy with(Failure other) {
        return new RevocationPolicy(other, ocsp, crls, requireNonce, clockSkew);
    }

    public RevocationPolicy withSources(boolean askOcsp, boolean fetchCrls) {
        return new RevocationPolicy(failure, askOcsp, fetchCrls, requireNonce, clockSkew);
    }

    public RevocationPolicy withRequiredNonce(boolean required) {
        return new RevocationPolicy(failure, ocsp, crls, required, clockSkew);
    }
}
