package org.zegel.store.macos;

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

/** The keychains of the person, and the cards that macOS knows, as one store; the system asks for PIN and password. */
public final class KeychainStore implements Store, CertificateSource {
    private static final StoreId ID = new StoreId("macos");
    private static final String KIND = "macos";
    private static final String NAME = "Keychain";

    /** Longest certificate that is looked at, in bytes. */
    static final int MAX_CERTIFICATE = 1 << 16;

    /** Cards that macOS knows are looked at too. */
    private static final Duration LISTING = Duration.ofSeconds(5);

    /** With whatever macOS asks the person. */
    private static final Duration USE = Duration.ofMinutes(2);

    private final Keychain keychain;
    private final Clock clock;
    private final ParsedCertificates ownParsed = new ParsedCertificates();
    private final ParsedCertificates allParsed = new ParsedCertificates();
    private final Set<IdentityId> confirmed = ConcurrentHashMap.newKeySet();

    KeychainStore(Keychain keychain, Clock clock) {
        this.keychain = keychain;
        this.clock = clock;
    }

    /** That of the machine; only on macOS. Its libraries are loaded when it is first asked for something. */
    public static KeychainStore ofThisMachine(Clock clock) {
        return new KeychainStore(new PatientKeychain(new SecurityKeychain(Frameworks::load), LISTING, USE), clock);
    }

    @Override
    public StoreId id() {
        return ID;
    }

    @Override
    public StoreInfo info() {
        try {
            boolean none = keychain.identities().isEmpty();
            return new StoreInfo(ID, KIND, NAME, none ? StoreInfo.State.EMPTY : StoreInfo.State.UNLOCKED, null);
        } catch (KeychainError failed) {
            String problem = KeychainWords.failure(failed).getMessage();
            return new StoreInfo(ID, KIND, NAME, StoreInfo.State.FAILED, problem);
        }
    }

    @Override
    public List<Identity> identities() throws Failure {
        try {
            Set<X509Certificate> own = parse(ownParsed, keychain.identities());
            if (own.isEmpty()) {
                return List.of();
            }
            List<X509Certificate> known = new ArrayList<>(own);
            known.addAll(parse(allParsed, keychain.certificates()));
            Instant now = clock.instant();
            return own.stream()
                    .map(certificate -> identity(certificate, known, now))
                    .filter(identity -> !identity.uses().isEmpty())
                    .toList();
        } catch (KeychainError failed) {
            throw KeychainWords.failure(failed);
        }
    }

    private static Identity identity(X509Certificate certificate, List<X509Certificate> known, Instant now) {
        return new Identity(
                IdentityId.of(ID, certificate),
                ID,
                certificate,
                CertificateChains.of(certificate, known),
                KeyUses.of(certificate),
                certificate.getNotAfter().toInstant().isBefore(now));
    }

    @Override
    public List<X509Certificate> all() throws Failure {
        try {
            Set<X509Certificate> own = parse(ownParsed, keychain.identities());
            return parse(allParsed, keychain.certificates()).stream()
                    .filter(certificate -> !own.contains(certificate))
                    .toList();
        } catch (KeychainError failed) {
            throw KeychainWords.failure(failed);
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
                .orElseThrow(KeychainWords::noKey);
        try {
            Keychain.Key key = keychain.key(own.certificate().getEncoded()).orElseThrow(KeychainWords::noKey);
            return new KeychainKey(own, key, confirmed);
        } catch (KeychainError failed) {
            throw KeychainWords.failure(failed);
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Set<X509Certificate> parse(ParsedCertificates parsed, List<byte[]> encoded) {
        return parsed.of(
                encoded.stream().filter(each -> each.length <= MAX_CERTIFICATE).toList());
    }
}
