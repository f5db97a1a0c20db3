package org.zegel.trust;

/**
 * What an organisation or a person decided about trust.
 *
 * @param softRevocation a revocation state that is unknown or was not checked does not lower the seal
 */
public record TrustPolicy(boolean softRevocation) {
    public static final TrustPolicy STRICT = new TrustPolicy(false);
}
