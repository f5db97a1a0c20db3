package org.zegel.app.throwaway;

import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Text form of throwaway keys and certificates (RFC 7468). */
public final class Pem {
    private static final int LINE = 64;

    private Pem() {}

    public static String of(X509Certificate certificate) {
        try {
            return of("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static String of(X509CRL crl) {
        try {
            return of("X509 CRL", crl.getEncoded());
        } catch (CRLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** An unprotected PKCS#8 key: for keys that are worth nothing. */
    public static String of(PrivateKey key) {
        return of("PRIVATE KEY", key.getEncoded());
    }

    private static String of(String label, byte[] der) {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
