package org.zegel.smime.verify;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.zegel.model.Finding;
import org.zegel.smime.ber.Malformed;

/** Finds certificates by the two identifiers that CMS knows: issuer and serial number, and subject key identifier. */
public final class SignerCertificates {
    /** Most certificates of one name that are tried for a signature; more are a trick, and none is. */
    static final int MAX_CANDIDATES = 16;

    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";

    private SignerCertificates() {}

    /**
     * Those that the identifier names, each once, in an order of their own: where they stood in the message says
     * nothing.
     *
     * @throws Malformed {@code too-many-signer-certificates}
     */
    static List<X509Certificate> named(
            Identifier identifier, Collection<X509Certificate> inMessage, Collection<X509Certificate> known)
            throws Malformed {
        Map<String, X509Certificate> found = new TreeMap<>();
        for (Collection<X509Certificate> source : List.of(inMessage, known)) {
            for (X509Certificate certificate : source) {
                if (identifier.names(certificate)) {
                    found.putIfAbsent(fingerprint(certificate), certificate);
                }
            }
        }
        if (found.size() > MAX_CANDIDATES) {
            throw new Malformed(Finding.TOO_MANY_SIGNER_CERTIFICATES);
        }
        return List.copyOf(found.values());
    }

    private static String fingerprint(X509Certificate certificate) throws Malformed {
        try {
            return HexFormat.of().formatHex(DigestAlgorithms.create("SHA-256").digest(certificate.getEncoded()));
        } catch (CertificateEncodingException impossible) {
            throw new Malformed(Finding.CERTIFICATE_MALFORMED, impossible);
        }
    }

    /** Names certificates. */
    public sealed interface Identifier {
        boolean names(X509Certificate certificate);
    }

    /** Issuer and serial number. */
    public record ByIssuer(X500Principal issuer, BigInteger serial) implements Identifier {
        /** Reads it; {@link Malformed} when the name cannot be read. */
        public static ByIssuer of(IssuerAndSerialNumber value) throws Malformed {
            try {
                return new ByIssuer(
                        new X500Principal(value.getName().getEncoded()),
                        value.getSerialNumber().getValue());
            } catch (IOException | RuntimeException malformed) {
                throw new Malformed(Finding.IDENTIFIER_MALFORMED, malformed);
            }
        }

        @Override
        public boolean names(X509Certificate certificate) {
            return certificate.getSerialNumber().equals(serial)
                    && certificate.getIssuerX500Principal().equals(issuer);
        }
    }

    /** Subject key identifier: that of the extension, or the SHA-1 of the key where there is no extension. */
    public record ByKey(byte[] identifier) implements Identifier {
        @Override
        public boolean names(X509Certificate certificate) {
            return Arrays.equals(identifier, keyIdentifier(certificate));
        }
    }

    /** The subject key identifier of a certificate (RFC 5280 section 4.2.1.2); empty when it cannot be read. */
    public static byte[] keyIdentifier(X509Certificate certificate) {
        try {
            byte[] extension = certificate.getExtensionValue(SUBJECT_KEY_IDENTIFIER);
            if (extension != null) {
                ASN1OctetString wrapped = ASN1OctetString.getInstance(extension);
                return ASN1OctetString.getInstance(ASN1Primitive.fromByteArray(wrapped.getOctets()))
                        .getOctets();
            }
            SubjectPublicKeyInfo key =
                    SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded());
            return DigestAlgorithms.create("SHA-1")
                    .digest(key.getPublicKeyData().getBytes());
        } catch (IOException | RuntimeException unreadable) {
            return new byte[0];
        }
    }
}
