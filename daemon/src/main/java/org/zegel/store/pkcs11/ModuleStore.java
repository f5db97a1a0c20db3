package org.zegel.store.pkcs11;

import java.util.List;
import org.zegel.consent.ConsentGranted;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.StoreId;
import org.zegel.store.BoundKey;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;

/** A module or a reader without a token that can be used, so that the person sees why. */
record ModuleStore(StoreId id, String name, StoreInfo.State state, String problem) implements Store {
    @Override
    public StoreInfo info() {
        return new StoreInfo(id, Pkcs11Stores.KIND, name, state, problem);
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
