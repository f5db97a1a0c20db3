package org.zegel.store;

import org.jspecify.annotations.Nullable;
import org.zegel.model.StoreId;

/**
 * What is shown of a store.
 *
 * @param kind backend name: {@code pkcs12}, {@code pkcs11}, {@code nss}, {@code windows}, {@code macos}
 * @param problem why it cannot be used and what to do, null when all is well
 */
public record StoreInfo(
        StoreId id,
        String kind,
        String name,
        State state,
        @Nullable String problem) {
    /** Whether keys can be used at once. */
    public enum State {
        EMPTY,
        LOCKED,
        UNLOCKED,
        FAILED
    }
}
