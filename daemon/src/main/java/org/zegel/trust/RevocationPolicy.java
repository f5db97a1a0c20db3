package org.zegel.trust;

/**
 * How revocation counts.
 *
 * @param soft a revocation state that is unknown or was not checked is said, but does not lower the seal
 */
public record RevocationPolicy(boolean soft) {
    public static final RevocationPolicy HARD = new RevocationPolicy(false);
    public static final RevocationPolicy SOFT = new RevocationPolicy(true);
}
