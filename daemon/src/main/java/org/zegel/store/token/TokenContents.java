package org.zegel.store.token;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.StoreId;
import org.zegel.store.CertificateChains;
import org.zegel.store.KeyUses;
import org.zegel.store.cryptoki.Attribute;
import org.zegel.store.cryptoki.KeyType;
import org.zegel.store.cryptoki.Module;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.Token;
import org.zegel.store.cryptoki.TokenCertificate;
import org.zegel.store.cryptoki.TokenKey;

/**
 * What was on a token when it was read.
 *
 * @param keys the private keys that it showed
 * @param publicIds ids of the public keys that it showed
 * @param sure where private keys are hidden, a certificate without a public key is another's
 * @param complete it hid no private key
 */
record TokenContents(
        List<Held> certificates, List<TokenKey> keys, Set<ByteBuffer> publicIds, boolean sure, boolean complete) {
    private static final Logger LOG = LoggerFactory.getLogger(TokenContents.class);

    /** Most certificates of one token that are looked at. */
    static final int MAX_CERTIFICATES = 500;

    /** GeneralName rfc822Name (RFC 5280 section 4.2.1.6). */
    private static final Integer MAIL_ADDRESS = 1;

    /** A certificate and what binds it to its key. */
    record Held(X509Certificate certificate, List<X509Certificate> chain, byte[] id, String label) {}

    static TokenContents read(Module module, Token token, TokenKind kind) throws ModuleFailure {
        List<TokenCertificate> found = module.certificates(token);
        List<TokenKey> keys = module.keys(token);
        List<X509Certificate> parsed = new ArrayList<>();
        List<TokenCertificate> readable = new ArrayList<>();
        for (TokenCertificate each : found.subList(0, Math.min(found.size(), MAX_CERTIFICATES))) {
            parse(each).ifPresent(certificate -> {
                parsed.add(certificate);
                readable.add(each);
            });
        }
        List<Held> held = new ArrayList<>();
        for (int at = 0; at < parsed.size(); at++) {
            X509Certificate certificate = parsed.get(at);
            TokenCertificate source = readable.get(at);
            held.add(new Held(certificate, CertificateChains.of(certificate, parsed), source.id(), source.label()));
        }
        boolean complete = !token.loginRequired() || token.loggedIn();
        boolean sure = kind.showsPublicKeys();
        Set<ByteBuffer> publicIds = sure && !complete ? publicIds(module, token) : Set.of();
        return new TokenContents(List.copyOf(held), keys, publicIds, sure, complete);
    }

    private static Set<ByteBuffer> publicIds(Module module, Token token) throws ModuleFailure {
        Map<Long, byte[]> template = Map.of(Attribute.CLASS, Attribute.number(Attribute.CLASS_PUBLIC_KEY));
        return module.objects(token, template, List.of(Attribute.ID)).stream()
                .flatMap(key -> key.bytes(Attribute.ID).stream())
                .filter(id -> id.length > 0)
                .map(ByteBuffer::wrap)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<X509Certificate> parse(TokenCertificate source) {
        try {
            return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(source.encoded())));
        } catch (CertificateException unreadable) {
            LOG.info("a certificate of a token cannot be read", unreadable);
            return Optional.empty();
        }
    }

    /** With the keys that it showed before, when it showed all. */
    TokenContents withKeysOf(TokenContents before) {
        return new TokenContents(certificates, before.keys(), publicIds, sure, true);
    }

    List<Identity> identities(StoreId store, Instant now) {
        return certificates.stream()
                .filter(this::isOwn)
                .map(held -> identity(store, held, now))
                .distinct()
                .toList();
    }

    /** Certificates without a key. */
    List<X509Certificate> others() {
        return certificates.stream()
                .filter(held -> !isOwn(held))
                .map(Held::certificate)
                .toList();
    }

    /** The key of a certificate, by their common id; by their label where there is no id. */
    Optional<TokenKey> key(X509Certificate certificate) {
        return certificates.stream()
                .filter(held -> held.certificate().equals(certificate))
                .flatMap(held -> key(held).stream())
                .findFirst();
    }

    /**
     * The key is seen; or it may be hidden, and its public key is seen. On cards keys often have no public key beside them:
     * there a certificate with a key's id is taken for the person's own until the login shows more.
     */
    private boolean isOwn(Held held) {
        if (type(held.certificate()) == KeyType.OTHER) {
            return false;
        }
        return key(held).isPresent()
                || !complete
                        && held.id().length > 0
                        && !isAuthority(held.certificate())
                        && (!sure || publicIds.contains(ByteBuffer.wrap(held.id())));
    }

    /** A certificate that people made for themselves may say that it is an authority's, as OpenSSL's do; it has an address. */
    private static boolean isAuthority(X509Certificate certificate) {
        if (certificate.getBasicConstraints() < 0) {
            return false;
        }
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null || names.stream().noneMatch(name -> MAIL_ADDRESS.equals(name.getFirst()));
        } catch (CertificateParsingException odd) {
            return true;
        }
    }

    private Optional<TokenKey> key(Held held) {
        KeyType type = type(held.certificate());
        return keys.stream()
                .filter(key -> key.type() == type)
                .filter(key -> held.id().length > 0
                        ? Arrays.equals(held.id(), key.id())
                        : !held.label().isEmpty() && held.label().equals(key.label()))
                .findFirst();
    }

    private Identity identity(StoreId store, Held held, Instant now) {
        X509Certificate certificate = held.certificate();
        Set<Identity.KeyUse> uses = EnumSet.noneOf(Identity.KeyUse.class);
        uses.addAll(KeyUses.of(certificate));
        key(held).ifPresent(key -> uses.removeIf(use -> !may(key, use)));
        // OpenSC's names for a PIV card's key history begin so.
        boolean history = held.label().toLowerCase(Locale.ROOT).startsWith("retired");
        return new Identity(
                IdentityId.of(store, certificate),
                store,
                certificate,
                held.chain(),
                uses,
                history || certificate.getNotAfter().toInstant().isBefore(now));
    }

    /** A key that says nothing of itself may do what its certificate says. */
    private static boolean may(TokenKey key, Identity.KeyUse use) {
        if (!key.signs() && !key.decrypts() && !key.derives()) {
            return true;
        }
        return switch (use) {
            case SIGN -> key.signs();
            case DECRYPT -> key.decrypts();
            case AGREE -> key.derives();
        };
    }

    static KeyType type(X509Certificate certificate) {
        return switch (certificate.getPublicKey().getAlgorithm().toUpperCase(Locale.ROOT)) {
            case "RSA", "RSASSA-PSS" -> KeyType.RSA;
            case "EC", "ECDSA", "ECDH" -> KeyType.EC;
            case "EDDSA", "ED25519", "ED448" -> KeyType.EDWARDS;
            case "XDH", "X25519", "X448" -> KeyType.MONTGOMERY;
            default -> KeyType.OTHER;
        };
    }
}
