package org.zegel.smime.make;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientIdentifier;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientInfo;
import org.bouncycastle.asn1.cms.OriginatorIdentifierOrKey;
import org.bouncycastle.asn1.cms.OriginatorPublicKey;
import org.bouncycastle.asn1.cms.RecipientEncryptedKey;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.cms.ecc.ECCCMSSharedInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.zegel.smime.cms.CmsAlgorithms;

/** Recipients by ephemeral-static key agreement: ECDH (RFC 5753) and X25519 (RFC 8418), with AES key wrap. */
final class KeyAgreementInfo {
    private KeyAgreementInfo() {}

    /** A curve with the scheme whose hash fits its strength. */
    private enum Curve {
        P256("secp256r1", "SHA-256", SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme),
        P384("secp384r1", "SHA-384", SECObjectIdentifiers.dhSinglePass_stdDH_sha384kdf_scheme),
        P521("secp521r1", "SHA-512", SECObjectIdentifiers.dhSinglePass_stdDH_sha512kdf_scheme);

        private final String name;
        private final String digest;
        private final ASN1ObjectIdentifier scheme;

        Curve(String name, String digest, ASN1ObjectIdentifier scheme) {
            this.name = name;
            this.digest = digest;
            this.scheme = scheme;
        }

        static Curve of(PublicKey key) throws GeneralSecurityException {
            EllipticCurve given = ((ECPublicKey) key).getParams().getCurve();
            for (Curve curve : values()) {
                AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
                parameters.init(new ECGenParameterSpec(curve.name));
                if (parameters
                        .getParameterSpec(ECParameterSpec.class)
                        .getCurve()
                        .equals(given)) {
                    return curve;
                }
            }
            throw new InvalidKeyException("not one of the three NIST curves");
        }

        private static KeyPairGenerator generator(Curve curve) throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve.name));
            return generator;
        }
    }

    static RecipientInfo elliptic(IssuerAndSerialNumber id, PublicKey key, byte[] contentKey)
            throws GeneralSecurityException {
        Curve curve = Curve.of(key);
        KeyPair ephemeral = Curve.generator(curve).generateKeyPair();
        byte[] secret = agree("ECDH", ephemeral, key);
        AlgorithmIdentifier wrap = CmsAlgorithms.keyWrap(contentKey.length);
        byte[] wrapping = x963(curve.digest, secret, sharedInfo(wrap, contentKey.length), contentKey.length);
        Arrays.fill(secret, (byte) 0);
        return info(id, ephemeral, new AlgorithmIdentifier(curve.scheme, wrap), wrap(wrapping, contentKey));
    }

    static RecipientInfo x25519(IssuerAndSerialNumber id, PublicKey key, byte[] contentKey)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("XDH");
        generator.initialize(NamedParameterSpec.X25519);
        KeyPair ephemeral = generator.generateKeyPair();
        byte[] secret = agree("X25519", ephemeral, key);
        AlgorithmIdentifier wrap = CmsAlgorithms.keyWrap(contentKey.length);
        byte[] wrapping = KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract()
                        .addIKM(new SecretKeySpec(secret, "Generic"))
                        .thenExpand(sharedInfo(wrap, contentKey.length), contentKey.length));
        Arrays.fill(secret, (byte) 0);
        return info(
                id,
                ephemeral,
                new AlgorithmIdentifier(PKCSObjectIdentifiers.dhSinglePass_stdDH_hkdf_sha256_scheme, wrap),
                wrap(wrapping, contentKey));
    }

    private static byte[] agree(String algorithm, KeyPair ephemeral, PublicKey key) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance(algorithm);
        agreement.init(ephemeral.getPrivate());
        agreement.doPhase(key, true);
        return agreement.generateSecret();
    }

    /** ECC-CMS-SharedInfo of RFC 5753 section 7.2, without user keying material. */
    private static byte[] sharedInfo(AlgorithmIdentifier wrap, int keyBytes) {
        try {
            byte[] bits = {0, 0, (byte) (keyBytes * 8 >>> 8), (byte) (keyBytes * 8)};
            return new ECCCMSSharedInfo(wrap, bits).getEncoded(ASN1Encoding.DER);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The key derivation of ANSI X9.63 (SEC 1 section 3.6.1). */
    private static byte[] x963(String algorithm, byte[] secret, byte[] sharedInfo, int length)
            throws GeneralSecurityException {
        // One round is enough: no digest here is shorter than an AES key.
        MessageDigest digest = MessageDigest.getInstance(algorithm);
        digest.update(secret);
        digest.update(new byte[] {0, 0, 0, 1});
        return Arrays.copyOf(digest.digest(sharedInfo), length);
    }

    private static byte[] wrap(byte[] wrapping, byte[] contentKey) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AESWrap");
        cipher.init(Cipher.WRAP_MODE, new SecretKeySpec(wrapping, "AES"));
        Arrays.fill(wrapping, (byte) 0);
        return cipher.wrap(new SecretKeySpec(contentKey, "AES"));
    }

    private static RecipientInfo info(
            IssuerAndSerialNumber id, KeyPair ephemeral, AlgorithmIdentifier scheme, byte[] wrapped) {
        SubjectPublicKeyInfo key =
                SubjectPublicKeyInfo.getInstance(ephemeral.getPublic().getEncoded());
        // Parameters absent: they are the recipient's (RFC 5753 section 3.1.1, RFC 8410).
        OriginatorPublicKey originator = new OriginatorPublicKey(
                new AlgorithmIdentifier(key.getAlgorithm().getAlgorithm()), key.getPublicKeyData());
        RecipientEncryptedKey encrypted =
                new RecipientEncryptedKey(new KeyAgreeRecipientIdentifier(id), new DEROctetString(wrapped));
        return new RecipientInfo(new KeyAgreeRecipientInfo(
                new OriginatorIdentifierOrKey(originator), null, scheme, new DERSequence(encrypted)));
    }
}
