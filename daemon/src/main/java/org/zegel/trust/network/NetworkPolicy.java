package org.zegel.trust.network;

import java.time.Duration;

/**
 * What judging may do on the network.
 *
 * @param offline never goes out, for any call
 * @param issuers fetches missing issuers from where a certificate says they are (AIA caIssuers). Unlike the addresses of
 *     revocation data, which a trusted CA wrote, these are the sender's word: he can see that a message is opened
 * @param privateAddresses goes to loopback, link-local and private addresses too, for a CA in the same network
 * @param connectTimeout for one connection
 * @param requestTimeout for one request from name look-up to last byte, redirects included
 * @param messageTimeout for all requests of one message together
 * @param messageRequests most requests for one message
 */
public record NetworkPolicy(
        boolean offline,
        boolean issuers,
        boolean privateAddresses,
        Duration connectTimeout,
        Duration requestTimeout,
        Duration messageTimeout,
        int messageRequests) {
    public static final NetworkPolicy DEFAULT = new NetworkPolicy(
            false, true, false, Duration.ofSeconds(3), Duration.ofSeconds(8), Duration.ofSeconds(12), 24);

    public static final NetworkPolicy OFFLINE = DEFAULT.withOffline(true);

    public NetworkPolicy {
        if (messageRequests < 0) {
            throw new IllegalArgumentException("fewer than no requests");
        }
    }

    public NetworkPolicy withOffline(boolean on) {
        return new NetworkPolicy(
                on, issuers, privateAddresses, connectTimeout, requestTimeout, messageTimeout, messageRequests);
    }

    public NetworkPolicy withIssuers(boolean on) {
        return new NetworkPolicy(
                offline, on, privateAddresses, connectTimeout, requestTimeout, messageTimeout, messageRequests);
    }

    public NetworkPolicy withPrivateAddresses(boolean on) {
        return new NetworkPolicy(offline, issuers, on, connectTimeout, requestTimeout, messageTimeout, messageRequests);
    }

    public NetworkPolicy withTimeouts(Duration connect, Duration request, Duration message) {
        return new NetworkPolicy(offline, issuers, privateAddresses, connect, request, message, messageRequests);
    }
}
