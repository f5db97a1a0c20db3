package org.zegel.app.bench;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.zegel.app.throwaway.ThrowawayKeys;
import org.zegel.model.KebabCase;
import org.zegel.store.pkcs12.MemoryStore;
import org.zegel.trust.throwaway.ThrowawayAuthority;
import org.zegel.trust.throwaway.ThrowawayAuthority.Issued;
import org.zegel.trust.throwaway.ThrowawayAuthority.Kind;

/** One key of each kind that is measured, made now; who holds it has an address that is named like the kind. */
public final class BenchKeys implements ThrowawayKeys {
    private final MemoryStore store;
    private final ThrowawayAuthority authority;
    private final Map<Kind, Issued> issued = new EnumMap<>(Kind.class);

    private BenchKeys(Collection<Kind> kinds, Clock clock) throws GeneralSecurityException {
        store = new MemoryStore("bench", clock);
        authority = ThrowawayAuthority.create("Zegel bench CA", clock);
        for (Kind kind : kinds) {
            Issued each = authority.issue("Bench " + kind, address(kind), kind);
            issued.put(kind, each);
            store.add(each.privateKey(), each.certificate(), each.issuers());
        }
    }

    /** New keys of these kinds. */
    public static BenchKeys make(Collection<Kind> kinds, Clock clock) {
        try {
            return new BenchKeys(kinds, clock);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whose key of this kind it is. */
    static String address(Kind kind) {
        return KebabCase.of(kind) + "@zegel.example";
    }

    Issued of(Kind kind) {
        Issued found = issued.get(kind);
        if (found == null) {
            throw new IllegalArgumentException("no key of kind " + kind);
        }
        return found;
    }

    @Override
    public MemoryStore store() {
        return store;
    }

    @Override
    public ThrowawayAuthority authority() {
        return authority;
    }

    @Override
    public Map<String, X509Certificate> certificates() {
        Map<String, X509Certificate> certificates = new LinkedHashMap<>();
        issued.forEach((kind, each) -> certificates.put(address(kind), each.certificate()));
        return certificates;
    }
}
