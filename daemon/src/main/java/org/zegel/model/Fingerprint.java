package org.zegel.model;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** Fingerprints of certificates, as clients and indexes name them. */
public final class Fingerprint {
    private Fingerprint() {}

    /** Lower-case hexadecimal SHA-256 of the certificate's DER. */
    public static String sha256(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException notEncodable) {
            throw new IllegalArgumentException("not a certificate with an encoding", notEncodable);
        }
    }
}
