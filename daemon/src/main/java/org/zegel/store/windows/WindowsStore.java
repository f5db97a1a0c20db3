package org.zegel.store.windows;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.ConsentGranted;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.StoreId;
import org.zegel.store.BoundKey;
import org.zegel.store.CertificateChains;
import org.zegel.store.CertificateSource;
import org.zegel.store.KeyUses;
import org.zegel.store.ParsedCertificates;
import org.zegel.store.Store;
import org.zegel.store.StoreInfo;

/** The person's certificates in Windows, those of cards that Windows knows included; Windows asks for PIN and password. */
public final class WindowsStore implements Store, CertificateSource {
    private static final StoreId ID = new StoreId("windows");
    private static final String KIND = "windows";
    private static final String NAME = "Windows";

    /** Other people's certificates, and those of authorities. That a certificate is in ROOT is no trust here. */
    private static final List<String> OTHERS = List.of("AddressBook", "TrustedPeople", "CA", "ROOT");

    /** With whatever Windows asks the person. */
    private static final Duration USE = Duration.ofMinutes(2);

    /** Gets the system's functions, once they are needed. */
    interface Loader {
        Libraries load() throws WindowsException;
    }

    private final Loader loader;
    private final Clock clock;
    private final PatientKeys keys;
    private final ParsedCertificates parsedOwn = new ParsedCertificates();
    private final ParsedCertificates parsedMine = new ParsedCertificates();
    private final ParsedCertificates parsedOthers = new ParsedCertificates();
    private final Set<IdentityId> confirmed = ConcurrentHashMap.newKeySet();
    private @Nullable Certificates loaded;

    WindowsStore(Loader loader, Clock clock) {
        this(loader, clock, USE);
    }

    /** {@code use}: how long a key may be in use. */
    WindowsStore(Loader loader, Clock clock, Duration use) {
        this.keys = new PatientKeys(use);
        this.loader = loader;
        this.clock = clock;
    }

    /** That of the machine; only on Windows. Its libraries are loaded when it is first asked for something. */
    public static WindowsStore ofThisMachine(Clock clock) {
        return new WindowsStore(Libraries::load, clock);
    }

    private synchronized Certificates certificatesOfWindows() throws WindowsException {
        Certificates now = loaded;
        if (now == null) {
            now = new Certificates(loader.load());
            loaded = now;
        }
        return now;
    }

    @Override
    public StoreId id() {
        return ID;
    }

    @Override
    public StoreInfo info() {
        try {
            boolean none =
                    certificatesOfWindows().all(Certificates.OWN).stream().noneMatch(Certificates.Stored::hasKey);
            return new StoreInfo(ID, KIND, NAME, none ? StoreInfo.State.EMPTY : StoreInfo.State.UNLOCKED, null);
        } catch (WindowsException failed) {
            String problem = WindowsWords.failure(failed).getMessage();
            return new StoreInfo(ID, KIND, NAME, StoreInfo.State.FAILED, problem);
        }
    }

    @Override
    public List<Identity> identities() throws Failure {
        try {
            List<Certificates.Stored> mine = certificatesOfWindows().all(Certificates.OWN);
            Set<X509Certificate> own = parsedOwn.of(encoded(withKeys(mine)));
            if (own.isEmpty()) {
                return List.of();
            }
            Set<X509Certificate> known = parsedMine.of(encoded(mine));
            known.addAll(others());
            Instant now = clock.instant();
            return own.stream()
                    .map(certificate -> identity(certificate, known, now))
                    .filter(identity -> !identity.uses().isEmpty())
                    .toList();
        } catch (WindowsException failed) {
            throw WindowsWords.failure(failed);
        }
    }

    private static Identity identity(X509Certificate certificate, Set<X509Certificate> known, Instant now) {
        return new Identity(
                IdentityId.of(ID, certificate),
                ID,
                certificate,
                CertificateChains.of(certificate, known),
                KeyUses.of(certificate),
                certificate.getNotAfter().toInstant().isBefore(now));
    }

    private Set<X509Certificate> others() throws WindowsException {
        List<Certificates.Stored> found = new ArrayList<>();
        for (String store : OTHERS) {
            found.addAll(certificatesOfWindows().all(store));
        }
        return parsedOthers.of(encoded(found));
    }

    @Override
    public List<X509Certificate> all() throws Failure {
        try {
            List<Certificates.Stored> mine = certificatesOfWindows().all(Certificates.OWN);
            Set<X509Certificate> found = parsedMine.of(encoded(mine));
            found.addAll(others());
            found.removeAll(parsedOwn.of(encoded(withKeys(mine))));
            return List.copyOf(found);
        } catch (WindowsException failed) {
            throw WindowsWords.failure(failed);
        }
    }

    @Override
    public Optional<CertificateSource> certificates() {
        return Optional.of(this);
    }

    @Override
    public BoundKey bind(Identity identity, ConsentGranted consent) throws Failure {
        if (consent.identity().filter(identity.id()::equals).isEmpty()) {
            throw new Failure(Failure.Kind.CONSENT_DENIED, "Nobody said yes to the use of this identity.");
        }
        Identity own = identities().stream()
                .filter(each -> each.id().equals(identity.id()))
                .findFirst()
                .orElseThrow(WindowsWords::noKey);
        try {
            Certificates windows = certificatesOfWindows();
            byte[] encoded = own.certificate().getEncoded();
            NativeKey key = keys.open(() -> windows.key(encoded)).orElseThrow(WindowsWords::noKey);
            return new WindowsKey(own, key, confirmed);
        } catch (WindowsException failed) {
            throw WindowsWords.failure(failed);
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<byte[]> encoded(List<Certificates.Stored> stored) {
        return stored.stream().map(Certificates.Stored::encoded).toList();
    }

    private static List<Certificates.Stored> withKeys(List<Certificates.Stored> stored) {
        return stored.stream().filter(Certificates.Stored::hasKey).toList();
    }
}
