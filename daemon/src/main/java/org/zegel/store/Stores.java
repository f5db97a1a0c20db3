package org.zegel.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.zegel.consent.ConsentGranted;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.StoreId;

/** All stores of this daemon as one; a store that fails is left out of lists and says so in its info. */
public final class Stores {
    private final List<StoreSource> sources;
    private final Runnable beforeUse;

    public Stores(List<Store> all) {
        this(all, () -> {});
    }

    /** {@code beforeUse} runs before a key is bound: it may find a reason to lock, such as that the machine slept. */
    public Stores(List<Store> all, Runnable beforeUse) {
        this(beforeUse, List.of(StoreSource.of(all)));
    }

    /** Of stores that come and go, in this order. */
    public Stores(Runnable beforeUse, List<? extends StoreSource> sources) {
        this.sources = List.copyOf(sources);
        this.beforeUse = beforeUse;
    }

    /** Those that are there now. */
    public List<Store> all() {
        return sources.stream().flatMap(source -> source.stores().stream()).toList();
    }

    /** Those that are there now, and those that were and are away. */
    public List<TokenInfo> tokens() {
        Map<StoreId, TokenInfo> tokens = new LinkedHashMap<>();
        for (StoreSource source : sources) {
            List<Store> there = source.stores();
            Stream.concat(there.stream(), source.known().stream())
                    .flatMap(store -> store.tokenInfo().stream())
                    .forEach(token -> tokens.putIfAbsent(token.store().id(), token));
        }
        return List.copyOf(tokens.values());
    }

    public Optional<Store> find(StoreId id) {
        return sources.stream().flatMap(source -> source.find(id).stream()).findFirst();
    }

    /** Identities of every store that can be listed now. */
    public List<Identity> identities() {
        return identities(all());
    }

    /** The same of those that were seen before: no token is looked for, so this is quick where none is needed. */
    public List<Identity> identitiesAtHand() {
        return identities(known());
    }

    private List<Store> known() {
        return sources.stream().flatMap(source -> source.known().stream()).toList();
    }

    private static List<Identity> identities(List<Store> stores) {
        List<Identity> found = new ArrayList<>();
        for (Store store : stores) {
            try {
                found.addAll(store.identities());
            } catch (Failure unavailable) {
                // The store's own info tells the person; the others stay usable.
                continue;
            }
        }
        return List.copyOf(found);
    }

    public Identity identity(IdentityId id) throws Failure {
        return with(id, identitiesAtHand())
                .or(() -> with(id, identities()))
                .orElseThrow(() -> new Failure(
                        Failure.Kind.IDENTITY_NOT_FOUND,
                        "No identity has this id. identity.list tells which there are."));
    }

    private static Optional<Identity> with(IdentityId id, List<Identity> identities) {
        return identities.stream().filter(identity -> identity.id().equals(id)).findFirst();
    }

    /** Wipes what is unlocked in every store; gives the names of those that were. */
    public List<String> lock() {
        return lock(known());
    }

    /** The same of one store. */
    public List<String> lock(Store store) {
        return lock(List.of(store));
    }

    private static List<String> lock(List<Store> stores) {
        List<String> unlocked = new ArrayList<>();
        for (Store store : stores) {
            Optional<Locking> locking = store.locking();
            StoreInfo info = store.info();
            if (locking.isPresent() && info.state() == StoreInfo.State.UNLOCKED) {
                unlocked.add(info.name());
            }
            locking.ifPresent(Locking::lock);
        }
        return unlocked;
    }

    /** Binds the identity's key in the store that holds it. */
    public BoundKey bind(Identity identity, ConsentGranted consent) throws Failure {
        beforeUse.run();
        Store store = find(identity.store())
                .orElseThrow(() -> new Failure(Failure.Kind.STORE_NOT_FOUND, "The identity's store is gone."));
        return store.bind(identity, consent);
    }
}
