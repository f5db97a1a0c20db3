package org.zegel.trust.network;

/** What a fetch gave. */
public sealed interface FetchResult {
    /** @param cached from the cache: authentic when it was kept, which is checked again */
    record Fetched(byte[] bytes, boolean cached) implements FetchResult {}

    record Failed(FetchFailure why) implements FetchResult {}
}
