package org.zegel.trust;

/**
 * What may be fetched to judge a certificate.
 *
 * @param offline nothing at all
 * @param privateAddresses also from loopback, link-local and private addresses
 */
public record NetworkPolicy(boolean offline, boolean privateAddresses) {
    public static final NetworkPolicy DEFAULT = new NetworkPolicy(false, false);
}
