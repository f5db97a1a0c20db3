package org.zegel.smime.decrypt;

import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.CamelliaWrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A key wrap algorithm: RFC 3394, RFC 5649, RFC 3217 (3DES), RFC 3657 (Camellia).
 *
 * @param keyBytes length of the key-encryption key
 */
record KeyWrap(String transformation, String keyAlgorithm, int keyBytes) {
    private static final String CAMELLIA = "Camellia";

    private static final Map<String, KeyWrap> KNOWN = Map.of(
            "2.16.840.1.101.3.4.1.5", new KeyWrap("AES/KW/NoPadding", "AES", 16),
            "2.16.840.1.101.3.4.1.25", new KeyWrap("AES/KW/NoPadding", "AES", 24),
            "2.16.840.1.101.3.4.1.45", new KeyWrap("AES/KW/NoPadding", "AES", 32),
            "2.16.840.1.101.3.4.1.8", new KeyWrap("AES/KWP/NoPadding", "AES", 16),
            "2.16.840.1.101.3.4.1.28", new KeyWrap("AES/KWP/NoPadding", "AES", 24),
            "2.16.840.1.101.3.4.1.48", new KeyWrap("AES/KWP/NoPadding", "AES", 32),
            "1.2.840.113549.1.9.16.3.6", new KeyWrap("DESedeWrap", "DESede", 24),
            "1.2.392.200011.61.1.1.3.2", new KeyWrap(CAMELLIA, CAMELLIA, 16),
            "1.2.392.200011.61.1.1.3.3", new KeyWrap(CAMELLIA, CAMELLIA, 24),
            "1.2.392.200011.61.1.1.3.4", new KeyWrap(CAMELLIA, CAMELLIA, 32));

    static Optional<KeyWrap> of(ASN1ObjectIdentifier identifier) {
        return Optional.ofNullable(KNOWN.get(identifier.getId()));
    }

    byte[] unwrap(byte[] wrappingKey, byte[] wrapped) throws CannotDecrypt {
        try {
            if (transformation.equals(CAMELLIA)) {
                CamelliaWrapEngine engine = new CamelliaWrapEngine();
                engine.init(false, new KeyParameter(wrappingKey));
                return engine.unwrap(wrapped, 0, wrapped.length);
            }
            Cipher cipher = Cipher.getInstance(transformation);
            cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(wrappingKey, keyAlgorithm));
            return cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY).getEncoded();
        } catch (GeneralSecurityException | InvalidCipherTextException | RuntimeException wrong) {
            throw new CannotDecrypt();
        }
    }
}
