package org.zegel.trust.network;

import java.time.Instant;
import java.util.Optional;

/** Keeps what was fetched and found authentic, and for a short while what could not be had. Never fails. */
public interface FetchCache {
    /** Keeps nothing. */
    FetchCache NONE = new FetchCache() {
        @Override
        public Optional<FetchResult> find(String key, Instant now) {
            return Optional.empty();
        }

        @Override
        public void keep(String key, byte[] bytes, Instant now, Instant until) {}

        @Override
        public void keep(String key, FetchFailure why, Instant now, Instant until) {}
    };

    /** What is kept under the key and has not run out. */
    Optional<FetchResult> find(String key, Instant now);

    /** Keeps an authentic answer up to this moment. */
    void keep(String key, byte[] bytes, Instant now, Instant until);

    /** Remembers a failure up to this moment. */
    void keep(String key, FetchFailure why, Instant now, Instant until);
}
