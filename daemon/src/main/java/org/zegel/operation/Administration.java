package org.zegel.operation;

import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;
import org.zegel.model.StoreId;
import org.zegel.store.IdentityAdministration;
import org.zegel.store.Store;
import org.zegel.store.Stores;

/** Finds the store that takes imports, exports and passphrase changes. */
public final class Administration {
    private Administration() {}

    /** The store with this id; null means the first one that Zegel itself keeps. */
    public static Store store(Stores stores, @Nullable StoreId id) throws Failure {
        if (id != null) {
            return stores.find(id)
                    .orElseThrow(() -> new Failure(
                            Failure.Kind.STORE_NOT_FOUND, "No store has this id. store.list tells which there are."));
        }
        return stores.all().stream()
                .filter(store -> store.administration().isPresent())
                .findFirst()
                .orElseThrow(() -> new Failure(Failure.Kind.STORE_NOT_FOUND, "There is no store that can be changed."));
    }

    public static IdentityAdministration of(Store store) throws Failure {
        return store.administration()
                .orElseThrow(() -> new Failure(
                        Failure.Kind.UNSUPPORTED,
                        "This store is not kept by Zegel: change it with the program it belongs to."));
    }
}
