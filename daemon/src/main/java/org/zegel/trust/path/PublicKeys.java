package org.zegel.trust.path;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads the key of a certificate, also one on a curve that the JDK does not know (Brainpool, old NIST curves). */
public final class PublicKeys {
    private PublicKeys() {}

    /** Null when nobody here can read the key. */
    public static @Nullable PublicKey of(X509Certificate certificate) {
        try {
            PublicKey key = certificate.getPublicKey();
            if (!key.getAlgorithm().equals("EC") || key instanceof ECPublicKey) {
                return key;
            }
            return KeyFactory.getInstance("EC", CertificateSignatures.BOUNCY_CASTLE)
                    .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
        } catch (GeneralSecurityException | RuntimeException unreadable) {
            return null;
        }
    }
}
