package org.zegel.smime.cms;

import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.zegel.model.ContentCipher;
import org.zegel.model.Digest;
import org.zegel.model.SignatureScheme;

/** Algorithm identifiers of new CMS structures. */
public final class CmsAlgorithms {
    private CmsAlgorithms() {}

    /** A digest, parameters absent (RFC 5754 section 2). */
    public static AlgorithmIdentifier digest(Digest digest) {
        return new AlgorithmIdentifier(digestOid(digest));
    }

    /** The signatureAlgorithm of a SignerInfo (RFC 5754, RFC 4056, RFC 8419). */
    public static AlgorithmIdentifier signature(SignatureScheme scheme) {
        return switch (scheme.kind()) {
            case RSA_PKCS1 -> new AlgorithmIdentifier(rsa(scheme.digest()), DERNull.INSTANCE);
            case RSA_PSS -> new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, pss(scheme.digest()));
            case ECDSA -> new AlgorithmIdentifier(ecdsa(scheme.digest()));
            case ED25519 -> new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
        };
    }

    /** The content-encryption algorithm (RFC 3565, RFC 5084). */
    public static ASN1ObjectIdentifier cipher(ContentCipher cipher) {
        return switch (cipher) {
            case AES_128_CBC -> NISTObjectIdentifiers.id_aes128_CBC;
            case AES_256_CBC -> NISTObjectIdentifiers.id_aes256_CBC;
            case AES_128_GCM -> NISTObjectIdentifiers.id_aes128_GCM;
            case AES_256_GCM -> NISTObjectIdentifiers.id_aes256_GCM;
        };
    }

    /** The AES key wrap as strong as the content-encryption key, parameters absent (RFC 3565 section 2.3.2). */
    public static AlgorithmIdentifier keyWrap(int keyBytes) {
        return new AlgorithmIdentifier(
                keyBytes == 16 ? NISTObjectIdentifiers.id_aes128_wrap : NISTObjectIdentifiers.id_aes256_wrap);
    }

    /** RSAES-PKCS1-v1_5. */
    public static AlgorithmIdentifier rsaPkcs1() {
        return new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    }

    /** RSAES-OAEP with SHA-256 for both hash and mask, empty label (RFC 4055). */
    public static AlgorithmIdentifier rsaOaep() {
        AlgorithmIdentifier sha256 = withNull(Digest.SHA256);
        AlgorithmIdentifier mask = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, sha256);
        return new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_RSAES_OAEP,
                new RSAESOAEPparams(sha256, mask, RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM));
    }

    /** The name of a digest in micalg (RFC 8551 section 3.5.3.2). */
    public static String micalg(Digest digest) {
        return switch (digest) {
            case SHA256 -> "sha-256";
            case SHA384 -> "sha-384";
            case SHA512 -> "sha-512";
        };
    }

    private static ASN1ObjectIdentifier digestOid(Digest digest) {
        return switch (digest) {
            case SHA256 -> NISTObjectIdentifiers.id_sha256;
            case SHA384 -> NISTObjectIdentifiers.id_sha384;
            case SHA512 -> NISTObjectIdentifiers.id_sha512;
        };
    }

    private static ASN1ObjectIdentifier rsa(Digest digest) {
        return switch (digest) {
            case SHA256 -> PKCSObjectIdentifiers.sha256WithRSAEncryption;
            case SHA384 -> PKCSObjectIdentifiers.sha384WithRSAEncryption;
            case SHA512 -> PKCSObjectIdentifiers.sha512WithRSAEncryption;
        };
    }

    private static ASN1ObjectIdentifier ecdsa(Digest digest) {
        return switch (digest) {
            case SHA256 -> X9ObjectIdentifiers.ecdsa_with_SHA256;
            case SHA384 -> X9ObjectIdentifiers.ecdsa_with_SHA384;
            case SHA512 -> X9ObjectIdentifiers.ecdsa_with_SHA512;
        };
    }

    private static RSASSAPSSparams pss(Digest digest) {
        int saltLength = switch (digest) {
            case SHA256 -> 32;
            case SHA384 -> 48;
            case SHA512 -> 64;
        };
        AlgorithmIdentifier hash = withNull(digest);
        return new RSASSAPSSparams(
                hash,
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, hash),
                new ASN1Integer(saltLength),
                RSASSAPSSparams.DEFAULT_TRAILER_FIELD);
    }

    /** Inside PSS and OAEP parameters the digest has NULL parameters (RFC 4055 section 2.1). */
    private static AlgorithmIdentifier withNull(Digest digest) {
        return new AlgorithmIdentifier(digestOid(digest), DERNull.INSTANCE);
    }
}
