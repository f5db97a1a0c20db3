package org.zegel.store;

import java.util.List;
import java.util.Optional;
import org.zegel.model.StoreId;

/** Where stores come from; those of tokens come and go. Safe for use by several threads. */
public interface StoreSource {
    /** Those that are there now. May look for them, for a few seconds at most; never fails. */
    List<Store> stores();

    /** Those that are known without looking: what was unlocked is among them. */
    List<Store> known();

    /** The store with this id, looked for where it is not known. */
    default Optional<Store> find(StoreId id) {
        return first(known(), id).or(() -> first(stores(), id));
    }

    /** Stores that stay. */
    static StoreSource of(List<? extends Store> stores) {
        List<Store> all = List.copyOf(stores);
        return new StoreSource() {
            @Override
            public List<Store> stores() {
                return all;
            }

            @Override
            public List<Store> known() {
                return all;
            }
        };
    }

    private static Optional<Store> first(List<Store> stores, StoreId id) {
        return stores.stream().filter(store -> store.id().equals(id)).findFirst();
    }
}
