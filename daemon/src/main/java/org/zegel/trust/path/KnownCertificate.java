package org.zegel.trust.path;

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
    private final byte @Nullable [] key;
    private final byte @Nullable [] subjectKey;
    private final byte @Nullable [] authorityKey;
    private final boolean inheritsParameters;

    /** Certificates between this one and the nearest anchor, that one included, judged by names alone. */
    int distance = UNREACHABLE;

    KnownCertificate(X509Certificate certificate, byte[] encoded, boolean anchor) {
        this.certificate = certificate;
        this.encoded = encoded;
        this.anchor = anchor;
        this.subject = DistinguishedName.of(certificate.getSubjectX500Principal());
        this.issuer = DistinguishedName.of(certificate.getIssuerX500Principal());
        this.subjectKey = identifier(certificate, SUBJECT_KEY_IDENTIFIER);
        this.authorityKey = identifier(certificate, AUTHORITY_KEY_IDENTIFIER);
        byte @Nullable [] encodedKey = null;
        boolean inherits = false;
        try {
            encodedKey = certificate.getPublicKey().getEncoded();
            inherits = certificate.getPublicKey() instanceof DSAPublicKey dsa && dsa.getParams() == null;
        } catch (RuntimeException unreadable) {
            // No key, no issuer: the signature checks will say so.
            inherits = false;
        }
        this.key = encodedKey;
        this.inheritsParameters = inherits;
    }

    /** The same name and key: a path that walks through it again leads nowhere new. */
    boolean sameEntity(KnownCertificate other) {
        return key == null ? this == other : Arrays.equals(key, other.key) && subject.equals(other.subject);
    }

    /** Whether key identifiers, which are a hint and no more, speak against this issuer. */
    boolean looksIssuedBy(KnownCertificate other) {
        return authorityKey == null || other.subjectKey == null || Arrays.equals(authorityKey, other.subjectKey);
    }

    /** Its DSA key has no parameters of its own, but those of the CAs above (RFC 3279 section 2.3.2). */
    boolean inheritsParameters() {
        return inheritsParameters;
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
