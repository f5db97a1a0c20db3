package org.zegel.trust.revocation;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/** The CertID that OCSP names a certificate by (RFC 6960 section 4.1.1), under the hashes that are in use. */
final class OcspIds {
    private static final Map<ASN1ObjectIdentifier, String> HASHES = Map.of(
            OIWObjectIdentifiers.idSHA1, "SHA-1",
            NISTObjectIdentifiers.id_sha256, "SHA-256",
            NISTObjectIdentifiers.id_sha384, "SHA-384",
            NISTObjectIdentifiers.id_sha512, "SHA-512");

    private OcspIds() {}

    /** With SHA-1, as every responder knows it (RFC 5019 section 2.1.1); as a name it need not resist collisions. */
    static CertID of(X509Certificate certificate, X509Certificate issuer) {
        return new CertID(
                new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1, DERNull.INSTANCE),
                new DEROctetString(
                        hash("SHA-1", certificate.getIssuerX500Principal().getEncoded())),
                new DEROctetString(hash("SHA-1", keyBits(issuer))),
                new ASN1Integer(certificate.getSerialNumber()));
    }

    static boolean names(CertID id, X509Certificate certificate, X509Certificate issuer) {
        @Nullable String hash = HASHES.get(id.getHashAlgorithm().getAlgorithm());
        BigInteger serial = id.getSerialNumber().getValue();
        return hash != null
                && serial.equals(certificate.getSerialNumber())
                && Arrays.equals(
                        id.getIssuerNameHash().getOctets(),
                        hash(hash, certificate.getIssuerX500Principal().getEncoded()))
                && Arrays.equals(id.getIssuerKeyHash().getOctets(), hash(hash, keyBits(issuer)));
    }

    /** What a responder that is named by its key is named by. */
    static byte[] keyHash(X509Certificate responder) {
        return hash("SHA-1", keyBits(responder));
    }

    /** What is asked, for a cache's key. */
    static byte[] digest(CertID id) {
        try {
            return hash("SHA-256", id.getEncoded(ASN1Encoding.DER));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] keyBits(X509Certificate certificate) {
        return SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded())
                .getPublicKeyData()
                .getBytes();
    }

    private static byte[] hash(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
