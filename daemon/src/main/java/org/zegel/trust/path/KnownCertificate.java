package org.zegel.trust.path;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.jspecify.annotations.Nullable;

/** A certificate as the search looks at it: what it asks for again and again is read once. */
final class KnownCertificate {
    /** Farther from every anchor than any path reaches. */
    static final int UNREACHABLE = Integer.MAX_VALUE;

    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";

    final X509Certificate certificate;
    final DistinguishedName subject;
    final DistinguishedName issuer;
    final boolean anchor;
    final byte[] encoded;
    private @Nullable Details details;

    /** Certificates between this one and the nearest anchor, that one included, judged by names alone. */
    int distance = UNREACHABLE;

    /** Names are shared: those of a bag are few. */
    KnownCertificate(
            X509Certificate certificate,
            byte[] encoded,
            boolean anchor,
            DistinguishedName subject,
            DistinguishedName issuer) {
        this.certificate = certificate;
        this.encoded = encoded;
        this.anchor = anchor;
        this.subject = subject;
        this.issuer = issuer;
    }

    /**
     * What only those have to be asked that a search comes by.
     *
     * @param key null when it cannot be read
     * @param cost of verifying a signature that the key made
     */
    private record Details(
            byte @Nullable [] key,
            byte @Nullable [] subjectKey,
            byte @Nullable [] authorityKey,
            boolean inheritsParameters,
            int cost) {
        static Details of(X509Certificate certificate) {
            byte @Nullable [] subjectKey = identifier(certificate, SUBJECT_KEY_IDENTIFIER);
            byte @Nullable [] authorityKey = identifier(certificate, AUTHORITY_KEY_IDENTIFIER);
            try {
                PublicKey key = certificate.getPublicKey();
                boolean inherits = key instanceof DSAPublicKey dsa && dsa.getParams() == null;
                return new Details(
                        key.getEncoded(), subjectKey, authorityKey, inherits, CertificateSignatures.cost(key));
            } catch (RuntimeException unreadable) {
                // No key, no issuer: the signature checks will say so.
                return new Details(null, subjectKey, authorityKey, false, 1);
            }
        }
    }

    private Details details() {
        @Nullable Details known = details;
        if (known == null) {
            known = Details.of(certificate);
            details = known;
        }
        return known;
    }

    int cost() {
        return details().cost();
    }

    /** The same name and key: a path that walks through it again leads nowhere new. */
    boolean sameEntity(KnownCertificate other) {
        if (this == other || !subject.equals(other.subject)) {
            return this == other;
        }
        return details().key() != null
                && Arrays.equals(details().key(), other.details().key());
    }

    /** Whether key identifiers, which are a hint and no more, speak against this issuer. */
    boolean looksIssuedBy(KnownCertificate other) {
        byte @Nullable [] wanted = details().authorityKey();
        byte @Nullable [] offered = other.details().subjectKey();
        return wanted == null || offered == null || Arrays.equals(wanted, offered);
    }

    /** Its DSA key has no parameters of its own, but those of the CAs above (RFC 3279 section 2.3.2). */
    boolean inheritsParameters() {
        return details().inheritsParameters();
    }

    boolean validAt(Instant at) {
        return !at.isBefore(certificate.getNotBefore().toInstant())
                && !at.isAfter(certificate.getNotAfter().toInstant());
    }

    private static byte @Nullable [] identifier(X509Certificate certificate, String extension) {
        byte @Nullable [] value = certificate.getExtensionValue(extension);
        if (value == null) {
            return null;
        }
        try {
            byte[] inner = ASN1OctetString.getInstance(value).getOctets();
            return extension.equals(AUTHORITY_KEY_IDENTIFIER)
                    ? AuthorityKeyIdentifier.getInstance(inner).getKeyIdentifierOctets()
                    : SubjectKeyIdentifier.getInstance(inner).getKeyIdentifier();
        } catch (RuntimeException odd) {
            return null;
        }
    }
}
