package org.zegel.store.nss;

import java.util.List;
import org.zegel.consent.ConsentGranted;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.StoreId;
import org.zegel.store.BoundKey;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;

/** A profile that cannot be opened, so that the person sees why. */
record UnusableProfile(StoreId id, String name, String problem) implements Store {
    @Override
    public StoreInfo info() {
        return new StoreInfo(id, NssStores.KIND, name, StoreInfo.State.FAILED, problem);
    }

    @Override
    public List<Identity> identities() {
        return List.of();
    }

    @Override
    public BoundKey bind(Identity identity, ConsentGranted consent) throws Failure {
        throw new Failure(Failure.Kind.STORE_UNAVAILABLE, problem);
    }
}
