package org.zegel.smime.decrypt;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.cms.OriginatorPublicKey;
import org.bouncycastle.asn1.cms.ecc.ECCCMSSharedInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.store.BoundKey;
import org.zegel.store.KeyAgreement;

/**
 * Ephemeral-static ECDH (RFC 5753 section 3.1) and X25519 or X448 (RFC 8418).
 *
 * @param algorithm the key agreement scheme, with the key wrap algorithm as its parameters
 * @param keyingMaterial of the originator (ukm), null when absent
 */
record KeyAgreementRecipient(
        Identity identity,
        OriginatorPublicKey originator,
        AlgorithmIdentifier algorithm,
        byte @Nullable [] keyingMaterial,
        byte[] encryptedKey)
        implements Recipient {
    /** A key wrap algorithm: cipher and key bytes. */
    private record Wrap(String cipher, String key, int bytes) {}

    private static final Map<String, Wrap> WRAPS = Map.of(
            "2.16.840.1.101.3.4.1.5", new Wrap("AES/KW/NoPadding", "AES", 16),
            "2.16.840.1.101.3.4.1.25", new Wrap("AES/KW/NoPadding", "AES", 24),
            "2.16.840.1.101.3.4.1.45", new Wrap("AES/KW/NoPadding", "AES", 32),
            "1.2.840.113549.1.9.16.3.6", new Wrap("DESedeWrap", "DESede", 24));

    @Override
    public byte[] contentKey(BoundKey key, ContentAlgorithm cipher) throws Failure, CannotDecrypt {
        Optional<KeyAgreement> agreement = key.agreement();
        Optional<KeyDerivation> derivation = KeyDerivation.of(algorithm.getAlgorithm());
        if (agreement.isEmpty() || derivation.isEmpty()) {
            throw new CannotDecrypt();
        }
        AlgorithmIdentifier wrapAlgorithm = wrapAlgorithm();
        Wrap wrap = WRAPS.get(wrapAlgorithm.getAlgorithm().getId());
        if (wrap == null) {
            throw new CannotDecrypt();
        }
        PublicKey other = OriginatorKeys.decode(
                originator.getPublicKeyData().getOctets(),
                identity.certificate().getPublicKey());
        byte[] shared = agreement.get().agree(other);
        byte[] wrapping = derivation
                .get()
                .derive(shared, sharedInfo(wrapAlgorithm, wrap.bytes() * 8), keyingMaterial, wrap.bytes());
        try {
            byte[] unwrapped = unwrap(wrap, wrapping);
            if (!cipher.takesKeyOf(unwrapped.length)) {
                throw new CannotDecrypt();
            }
            return unwrapped;
        } finally {
            Arrays.fill(shared, (byte) 0);
            Arrays.fill(wrapping, (byte) 0);
        }
    }

    private AlgorithmIdentifier wrapAlgorithm() throws CannotDecrypt {
        if (algorithm.getParameters() == null) {
            throw new CannotDecrypt();
        }
        try {
            AlgorithmIdentifier wrap = AlgorithmIdentifier.getInstance(algorithm.getParameters());
            if (wrap == null) {
                throw new CannotDecrypt();
            }
            return wrap;
        } catch (RuntimeException malformed) {
            throw new CannotDecrypt();
        }
    }

    /** ECC-CMS-SharedInfo (RFC 5753 section 7.2). */
    private byte[] sharedInfo(AlgorithmIdentifier wrapAlgorithm, int bits) throws CannotDecrypt {
        byte[] length = {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
        try {
            return new ECCCMSSharedInfo(wrapAlgorithm, keyingMaterial, length).getEncoded(ASN1Encoding.DER);
        } catch (IOException malformed) {
            throw new CannotDecrypt();
        }
    }

    private byte[] unwrap(Wrap wrap, byte[] wrapping) throws CannotDecrypt {
        try {
            Cipher cipher = Cipher.getInstance(wrap.cipher());
            cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(wrapping, wrap.key()));
            Key key = cipher.unwrap(encryptedKey, "AES", Cipher.SECRET_KEY);
            return key.getEncoded();
        } catch (GeneralSecurityException | RuntimeException wrong) {
            throw new CannotDecrypt();
        }
    }
}
