package org.zegel.store.windows;

import org.zegel.model.Digest;
import org.zegel.model.SignatureScheme;

/** A private key where it lives, opened. Windows may ask the person during any use. Not for use by several threads. */
interface NativeKey extends AutoCloseable {
    /** Whether keys of this kind know the scheme's family, of the keys' algorithm. */
    boolean signs(SignatureScheme.Kind kind);

    /**
     * RSA: as long as the modulus. ECDSA: r and s side by side.
     *
     * @param length of the signature in bytes
     */
    byte[] sign(SignatureScheme.Kind kind, Digest digest, byte[] hash, int length) throws WindowsException;

    /** RSA with PKCS#1 v1.5. */
    byte[] pkcs1(byte[] encrypted) throws WindowsException;

    /** Whether {@link #oaep} can do this. */
    boolean knowsOaep(String digest, byte[] label);

    /** RSA-OAEP with this digest (a JCA name) for label and mask. */
    byte[] oaep(byte[] encrypted, String digest, byte[] label) throws WindowsException;

    boolean agrees();

    /**
     * ECDH.
     *
     * @param blob the other's point as {@code BCRYPT_ECCPUBLIC_BLOB}
     * @param length of a coordinate in bytes
     * @return the x-coordinate of the shared point
     */
    byte[] agree(byte[] blob, int length) throws WindowsException;

    @Override
    void close();
}
