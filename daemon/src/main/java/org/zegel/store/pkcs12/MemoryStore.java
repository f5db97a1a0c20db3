package org.zegel.store.pkcs12;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zegel.consent.ConsentGranted;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.StoreId;
import org.zegel.store.BoundKey;
import org.zegel.store.KeyUses;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;

/**
 * Keys given by code for the life of this process: a key file named on the command line, the demo's throwaway keys.
 * Nothing is asked and nothing is kept.
 */
public final class MemoryStore implements Store {
    private final StoreId id;
    private final Clock clock;
    private final Map<IdentityId, Held> held = new LinkedHashMap<>();

    /** @param name what follows {@code file-} in the store's id; carries no path */
    public MemoryStore(String name, Clock clock) {
        this.id = new StoreId("file-" + name);
        this.clock = clock;
    }

    /** Adds a key with its certificate and issuers (nearest first); the same certificate again replaces it. */
    public synchronized Identity add(PrivateKey key, X509Certificate certificate, List<X509Certificate> chain) {
        Identity identity = identityOf(id, certificate, chain, clock);
        held.put(identity.id(), new Held(identity, key));
        return identity;
    }

    @Override
    public StoreId id() {
        return id;
    }

    @Override
    public synchronized StoreInfo info() {
        StoreInfo.State state = held.isEmpty() ? StoreInfo.State.EMPTY : StoreInfo.State.UNLOCKED;
        return new StoreInfo(id, "file", "Keys of this call", state, null);
    }

    @Override
    public synchronized List<Identity> identities() {
        return held.values().stream().map(Held::identity).toList();
    }

    @Override
    public synchronized BoundKey bind(Identity identity, ConsentGranted consent) throws Failure {
        if (consent.identity().filter(identity.id()::equals).isEmpty()) {
            throw new Failure(Failure.Kind.CONSENT_DENIED, "Nobody said yes to the use of this identity.");
        }
        Held found = held.get(identity.id());
        if (found == null) {
            throw new Failure(Failure.Kind.IDENTITY_NOT_FOUND, "The key of this identity was not given to this call.");
        }
        return new SoftwareKey(found.identity(), found.key());
    }

    /** An identity as stores of this package describe it; retired when its certificate has expired. */
    static Identity identityOf(StoreId store, X509Certificate certificate, List<X509Certificate> chain, Clock clock) {
        boolean expired = certificate.getNotAfter().toInstant().isBefore(clock.instant());
        return new Identity(
                IdentityId.of(store, certificate), store, certificate, chain, KeyUses.of(certificate), expired);
    }

    private record Held(Identity identity, PrivateKey key) {}
}
