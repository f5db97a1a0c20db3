package org.zegel.directory;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.List;
import org.zegel.model.Failure;

/** Certificates as the database holds them: DER, and chains as PkiPath. */
final class Certificates {
    /** Largest certificate that is kept, in bytes of DER. */
    static final int MAX_BYTES = 64 * 1024;
    /** Most issuers kept with a certificate. */
    static final int MAX_CHAIN = 10;

    private Certificates() {}

    static byte[] encode(X509Certificate certificate) throws Failure {
        try {
            byte[] der = certificate.getEncoded();
            if (der.length > MAX_BYTES) {
                throw new Failure(
                        Failure.Kind.CONTENT_TOO_LARGE,
                        "This certificate is larger than " + MAX_BYTES + " bytes and is not kept.");
            }
            return der;
        } catch (CertificateException odd) {
            throw new Failure(Failure.Kind.IMPORT_FAILED, "This certificate cannot be encoded.", odd);
        }
    }

    /** The first {@link #MAX_CHAIN} issuers; one that is too large ends the chain. */
    static byte[] encode(List<X509Certificate> chain) throws Failure {
        try {
            List<X509Certificate> kept = chain.stream()
                    .limit(MAX_CHAIN)
                    .takeWhile(Certificates::fits)
                    .toList();
            return CertificateFactory.getInstance("X.509")
                    .generateCertPath(kept)
                    .getEncoded("PkiPath");
        } catch (CertificateException odd) {
            throw new Failure(Failure.Kind.IMPORT_FAILED, "These certificates cannot be encoded.", odd);
        }
    }

    static X509Certificate decode(byte[] der) throws SQLException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException damaged) {
            throw new SQLException("a kept certificate is damaged", damaged);
        }
    }

    static List<X509Certificate> decodeAll(byte[] path) throws SQLException {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertPath(new ByteArrayInputStream(path), "PkiPath")
                    .getCertificates()
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException damaged) {
            throw new SQLException("a kept chain is damaged", damaged);
        }
    }

    private static boolean fits(X509Certificate certificate) {
        try {
            return certificate.getEncoded().length <= MAX_BYTES;
        } catch (CertificateException odd) {
            return false;
        }
    }
}
