package org.zegel.trust.network;

import java.time.Clock;

/** Where trust goes to fetch: one for the whole Zegel, a {@link FetchSession} for each message. */
public final class Network {
    private final NetworkPolicy policy;
    private final NameResolver names;
    private final FetchCache cache;
    private final Clock clock;

    public Network(NetworkPolicy policy, NameResolver names, FetchCache cache, Clock clock) {
        this.policy = policy;
        this.names = names;
        this.cache = cache;
        this.clock = clock;
    }

    /** Goes nowhere and knows nothing. */
    public static Network none(Clock clock) {
        return new Network(NetworkPolicy.OFFLINE, NameResolver.system(), FetchCache.NONE, clock);
    }

    public NetworkPolicy policy() {
        return policy;
    }

    /** For one message; off-line the cache still answers. */
    public FetchSession session(boolean offline) {
        NetworkPolicy own = policy.withOffline(policy.offline() || offline);
        return new FetchSession(own, new HttpFetcher(own, names), cache, clock);
    }
}
