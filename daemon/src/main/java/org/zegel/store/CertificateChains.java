package org.zegel.store;

import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
                    .findFirst();
            if (issuer.isEmpty()) {
                break;
            }
            last = issuer.get();
            chain.add(last);
        }
        return chain;
    }

    private static boolean issued(X509Certificate issuer, X509Certificate child) {
        if (!issuer.getSubjectX500Principal().equals(child.getIssuerX500Principal())
                || child.getSubjectX500Principal().equals(child.getIssuerX500Principal())) {
            return false;
        }
        try {
            child.verify(issuer.getPublicKey());
            return true;
        } catch (SignatureException otherKey) {
            return false;
        } catch (GeneralSecurityException cannotTell) {
            // An algorithm the JDK lacks: the names fit, and path building judges the signature later.
            return true;
        }
    }
}
