package org.zegel.smime.decrypt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.smime.DecryptionKeys;
import org.zegel.store.BoundKey;

/** The keys bound while one message is opened: each is asked for once, and all are forgotten at the end. */
public final class KeyRing implements AutoCloseable {
    private final DecryptionKeys keys;
    private final Map<IdentityId, BoundKey> bound = new LinkedHashMap<>();

    public KeyRing(DecryptionKeys keys) {
        this.keys = keys;
    }

    List<Identity> identities() {
        return keys.identities();
    }

    BoundKey bind(Identity identity) throws Failure {
        BoundKey key = bound.get(identity.id());
        if (key == null) {
            key = keys.bind(identity);
            bound.put(identity.id(), key);
        }
        return key;
    }

    @Override
    public void close() {
        bound.values().forEach(BoundKey::close);
        bound.clear();
    }
}
