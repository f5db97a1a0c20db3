package org.zegel.smime.decrypt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** The key that the content is encrypted with, made from the one that recipients hold. */
interface KeyForContent {
    /** They are the same. */
    KeyForContent ITSELF = byte[]::clone;

    byte[] from(byte[] contentKey) throws CannotDecrypt;

    /**
     * RFC 9709: the key depends on the cipher's identifier, so that nobody can have it used with another cipher.
     *
     * @param identifier DER of the content cipher's AlgorithmIdentifier
     */
    static KeyForContent hkdf(byte[] identifier) {
        byte[] salt = "The Cryptographic Message Syntax".getBytes(StandardCharsets.US_ASCII);
        return contentKey -> {
            try {
                return KDF.getInstance("HKDF-SHA256")
                        .deriveData(HKDFParameterSpec.ofExtract()
                                .addIKM(contentKey)
                                .addSalt(salt)
                                .thenExpand(identifier, contentKey.length));
            } catch (GeneralSecurityException unusable) {
                throw new CannotDecrypt();
            }
        };
    }
}
