package org.zegel.smime.verify;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.OtherRevocationInfoFormat;
import org.zegel.smime.cms.BouncyCastle;

/** Parses certificates and CRLs with the JDK, and with Bouncy Castle where the JDK refuses (curves, odd encodings). */
final class CertificateReader {
    private CertificateReader() {}

    static Optional<X509Certificate> certificate(byte[] encoded) {
        try {
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded)));
        } catch (CertificateException | RuntimeException refused) {
            return lenientCertificate(encoded);
        }
    }

    private static Optional<X509Certificate> lenientCertificate(byte[] encoded) {
        try {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509", BouncyCastle.PROVIDER)
                            .generateCertificate(new ByteArrayInputStream(encoded));
            // Bouncy Castle reads the key only when it is asked for, and then throws.
            return certificate == null || certificate.getPublicKey() == null
                    ? Optional.empty()
                    : Optional.of(certificate);
        } catch (CertificateException | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    static Optional<X509CRL> crl(byte[] encoded) {
        try {
            return Optional.of(
                    (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(encoded)));
        } catch (CertificateException | CRLException | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    /** The response in an OtherRevocationInfoFormat (RFC 5940 section 2); empty when it holds something else. */
    static Optional<byte[]> ocspResponse(byte[] encoded) {
        try {
            OtherRevocationInfoFormat other =
                    OtherRevocationInfoFormat.getInstance(ASN1TaggedObject.getInstance(encoded), false);
            return other.getInfoFormat().equals(CMSObjectIdentifiers.id_ri_ocsp_response)
                    ? Optional.of(other.getInfo().toASN1Primitive().getEncoded(ASN1Encoding.DER))
                    : Optional.empty();
        } catch (IOException | RuntimeException malformed) {
            return Optional.empty();
        }
    }
}
