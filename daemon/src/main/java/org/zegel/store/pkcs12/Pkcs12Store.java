package org.zegel.store.pkcs12;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.zegel.consent.ConsentGranted;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.StoreId;
import org.zegel.store.BoundKey;
import org.zegel.store.CertificateSource;
import org.zegel.store.IdentityAdministration;
import org.zegel.store.Locking;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;
import org.zegel.store.pkcs12.CertificateIndex.Listing;

/**
 * Zegel's own keys: one encrypted PKCS#12 file, made at the first import. Listing needs no passphrase; using a key asks
 * for it and keeps the keys in memory for a while. A change is on the disk whole or not at all.
 */
public final class Pkcs12Store implements Store, CertificateSource, Locking {
    /** Its id in identities and listings. */
    public static final StoreId ID = new StoreId("pkcs12");

    private final KeyVault vault;
    private final Clock clock;

    /**
     * @param file where the key file is or will be; an index, a backup and a lock file lie beside it
     * @param unlockedFor how long keys stay usable after the passphrase was given; zero: for that use alone
     */
    public Pkcs12Store(Path file, Clock clock, Duration unlockedFor) {
        this(file, clock, unlockedFor, Salts.ITERATIONS);
    }

    /** For tests that write very often. */
    Pkcs12Store(Path file, Clock clock, Duration unlockedFor, int iterations) {
        this.vault = new KeyVault(new SafeFile(file), clock, unlockedFor, iterations);
        this.clock = clock;
    }

    @Override
    public StoreId id() {
        return ID;
    }

    @Override
    public StoreInfo info() {
        if (!vault.exists()) {
            return info(StoreInfo.State.EMPTY, null);
        }
        if (vault.isUnlocked()) {
            return info(StoreInfo.State.UNLOCKED, null);
        }
        try {
            return info(
                    StoreInfo.State.LOCKED,
                    vault.list().isPresent()
                            ? null
                            : "The list of its certificates is lost. Changing the passphrase or importing a key makes"
                                    + " it again.");
        } catch (Failure unreadable) {
            return info(StoreInfo.State.FAILED, unreadable.getMessage());
        }
    }

    private static StoreInfo info(StoreInfo.State state, @org.jspecify.annotations.Nullable String problem) {
        return new StoreInfo(ID, "pkcs12", KeyVault.NAME, state, problem);
    }

    @Override
    public List<Identity> identities() throws Failure {
        Optional<Listing> listing = vault.list();
        return listing.map(found -> found.own().stream()
                        .map(certificate -> identity(certificate, found.chainOf(certificate)))
                        .toList())
                .orElse(List.of());
    }

    @Override
    public BoundKey bind(Identity identity, ConsentGranted consent) throws Failure {
        if (consent.identity().filter(identity.id()::equals).isEmpty()) {
            throw new Failure(Failure.Kind.CONSENT_DENIED, "Nobody said yes to the use of this identity.");
        }
        return vault.use(consent, open -> {
            ImportedIdentity found = open.find(identity.certificate()).orElseThrow(Pkcs12Store::notFound);
            return new SoftwareKey(identity(found.certificate(), found.chain()), found.privateKey());
        });
    }

    @Override
    public void lock() {
        vault.lock();
    }

    @Override
    public Optional<Locking> locking() {
        return Optional.of(this);
    }

    @Override
    public Optional<CertificateSource> certificates() {
        return Optional.of(this);
    }

    /** The issuers that came with identities. */
    @Override
    public List<X509Certificate> all() throws Failure {
        return vault.list().map(Listing::issuers).orElse(List.of());
    }

    @Override
    public Optional<IdentityAdministration> administration() {
        return Optional.of(new Pkcs12Administration(vault, this));
    }

    Identity identity(X509Certificate certificate, List<X509Certificate> chain) {
        return MemoryStore.identityOf(ID, certificate, chain, clock);
    }

    static Failure notFound() {
        return new Failure(
                Failure.Kind.IDENTITY_NOT_FOUND,
                "Zegel's key file does not hold this identity. List identities again.");
    }
}
