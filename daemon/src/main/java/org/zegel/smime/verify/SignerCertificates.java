package org.zegel.smime.verify;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.zegel.model.Finding;
import org.zegel.smime.ber.Malformed;

/** Finds certificates by the two identifiers that CMS knows: issuer and serial number, and subject key identifier. */
public final class SignerCertificates {
    /** Most certificates of one name that are tried for a signature. */
    static final int MAX_CANDIDATES = 8;

    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";

    private SignerCertificates() {}

    /** Those that the identifier names, in order, each once. */
    static List<X509Certificate> named(
            Identifier identifier, Collection<X509Certificate> inMessage, Collection<X509Certificate> known) {
        List<X509Certificate> found = new ArrayList<>();
        for (Collection<X509Certificate> source : List.of(inMessage, known)) {
            for (X509Certificate certificate : source) {
                if (found.size() < MAX_CANDIDATES && !found.contains(certificate) && identifier.names(certificate)) {
                    found.add(certificate);
                }
            }
        }
        return found;
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
