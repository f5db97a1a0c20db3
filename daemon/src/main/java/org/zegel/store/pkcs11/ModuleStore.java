package org.zegel.store.pkcs11;

import java.util.List;
import java.util.Optional;
import org.zegel.consent.ConsentGranted;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.StoreId;
import org.zegel.store.BoundKey;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;
import org.zegel.store.TokenInfo;

/**
 * A module or a reader without a token that can be used, so that the person sees why.
 *
 * @param module the module's name
 * @param reader where the card is that cannot be used; empty: it is the module that has none
 */
record ModuleStore(StoreId id, String module, String reader, StoreInfo.State state, String problem) implements Store {
    @Override
    public StoreInfo info() {
        return new StoreInfo(id, Pkcs11Stores.KIND, reader.isEmpty() ? module : reader, state, problem);
    }

    @Override
    public Optional<TokenInfo> tokenInfo() {
        return reader.isEmpty()
                ? Optional.empty()
                : Optional.of(new TokenInfo(info(), module, reader, TokenInfo.State.FAILED, null, false));
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
