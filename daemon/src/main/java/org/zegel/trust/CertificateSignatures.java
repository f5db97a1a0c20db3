package org.zegel.trust;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Verifies signatures on certificates and CRLs: the JDK first, Bouncy Castle for what the JDK lacks. */
final class CertificateSignatures {
    static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private CertificateSignatures() {}

    static boolean signedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            PublicKey key = issuer.getPublicKey();
            return attempt(() -> certificate.verify(key)) || attempt(() -> certificate.verify(key, BOUNCY_CASTLE));
        } catch (RuntimeException unreadableKey) {
            return false;
        }
    }

    static boolean signedBy(X509CRL crl, X509Certificate issuer) {
        try {
            PublicKey key = issuer.getPublicKey();
            return attempt(() -> crl.verify(key)) || attempt(() -> crl.verify(key, BOUNCY_CASTLE));
        } catch (RuntimeException unreadableKey) {
            return false;
        }
    }

    static boolean selfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private interface Verification {
        void run() throws GeneralSecurityException;
    }

    private static boolean attempt(Verification verification) {
        try {
            verification.run();
            return true;
        } catch (GeneralSecurityException | RuntimeException no) {
            return false;
        }
    }
}
