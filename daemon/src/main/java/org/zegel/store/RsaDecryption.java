package org.zegel.store;

import org.zegel.model.Failure;

/** Capability of a key: unwraps a content-encryption key with RSA. */
public interface RsaDecryption {
    /** RSAES-PKCS1-v1_5. Throws {@code CANNOT_DECRYPT} on bad padding; the caller answers with a random key (RFC 3218). */
    byte[] pkcs1(byte[] encryptedKey) throws Failure;

    /** RSAES-OAEP with the given digests (JCA names) and label. */
    byte[] oaep(byte[] encryptedKey, String digest, String maskDigest, byte[] label) throws Failure;
}
