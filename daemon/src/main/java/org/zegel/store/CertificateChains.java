package org.zegel.store;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds a certificate's issuers among others that came with it. Trust is not judged here. */
public final class CertificateChains {
    /** Longest chain that is looked for. */
    public static final int MAX_CHAIN = 10;

    private CertificateChains() {}

    /** The issuers, nearest first, as far as they are at hand; a self-signed root included. */
    public static List<X509Certificate> of(X509Certificate certificate, Collection<X509Certificate> pool) {
        List<X509Certificate> chain = new ArrayList<>();
        X509Certificate last = certificate;
        while (chain.size() < MAX_CHAIN) {
            X509Certificate child = last;
            Optional<X509Certificate> issuer = pool.stream()
                    .filter(candidate -> !candidate.equals(certificate) && !chain.contains(candidate))
                    .filter(candidate -> issued(candidate, child))
                    // Of an authority's certificates for one key, the one that leads on to an older root.
                    .min(Comparator.comparing(CertificateChains::isRoot));
            if (issuer.isEmpty()) {
                break;
            }
            last = issuer.get();
            chain.add(last);
        }
        return chain;
    }

    /**
     * Whether it is signed with its own key. One that only bears its issuer's name, as where an authority certifies its
     * new key with its old one (RFC 5280 section 3.2), is none and has an issuer like any other.
     */
    public static boolean isRoot(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                && maySign(certificate.getPublicKey(), certificate);
    }

    private static boolean issued(X509Certificate issuer, X509Certificate child) {
        return issuer.getSubjectX500Principal().equals(child.getIssuerX500Principal())
                && !isRoot(child)
                && maySign(issuer.getPublicKey(), child);
    }

    private static boolean maySign(PublicKey key, X509Certificate certificate) {
        try {
            certificate.verify(key);
            return true;
        } catch (SignatureException otherKey) {
            return false;
        } catch (InvalidKeyException otherKindOrUnknownCurve) {
            String with = "WITH" + key.getAlgorithm().toUpperCase(Locale.ROOT);
            return certificate.getSigAlgName().toUpperCase(Locale.ROOT).contains(with);
        } catch (GeneralSecurityException cannotTell) {
            // An algorithm the JDK lacks: the names fit, and path building judges the signature later.
            return true;
        }
    }
}
