package org.zegel.app.demo;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.zegel.app.throwaway.ThrowawayKeys;
import org.zegel.store.pkcs12.MemoryStore;
import org.zegel.trust.throwaway.ThrowawayAuthority;

/** The keys of one demo: made now, in memory only, forgotten with the process. */
public final class DemoKeys implements ThrowawayKeys {
    static final String ALICE = "alice@zegel.example";
    static final String BOB = "bob@zegel.example";
    static final String MALLORY = "mallory@elsewhere.example";

    private final MemoryStore store;
    private final ThrowawayAuthority authority;
    private final ThrowawayAuthority.Issued alice;
    private final ThrowawayAuthority.Issued bob;
    private final ThrowawayAuthority.Issued mallory;

    private DemoKeys(Clock clock) throws GeneralSecurityException {
        store = new MemoryStore("demo", clock);
        authority = ThrowawayAuthority.create("Zegel demo CA", clock);
        alice = authority.issue("Alice Demo", ALICE, ThrowawayAuthority.Kind.RSA_2048);
        bob = authority.issue("Bob Demo", BOB, ThrowawayAuthority.Kind.P256);
        mallory = ThrowawayAuthority.create("A CA that nobody trusts", clock)
                .issue("Mallory", MALLORY, ThrowawayAuthority.Kind.P256);
        for (ThrowawayAuthority.Issued each : List.of(alice, bob, mallory)) {
            store.add(each.privateKey(), each.certificate(), each.issuers());
        }
    }

    /** New keys, with certificates from now on. */
    public static DemoKeys make(Clock clock) {
        try {
            return new DemoKeys(clock);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public MemoryStore store() {
        return store;
    }

    @Override
    public ThrowawayAuthority authority() {
        return authority;
    }

    ThrowawayAuthority.Issued alice() {
        return alice;
    }

    ThrowawayAuthority.Issued bob() {
        return bob;
    }

    @Override
    public Map<String, X509Certificate> certificates() {
        return Map.of(BOB, bob.certificate());
    }
}
