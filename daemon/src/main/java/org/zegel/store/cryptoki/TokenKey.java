package org.zegel.store.cryptoki;

/**
 * A private key on a token.
 *
 * @param handle the module's number for it, a hint: the key is looked up by the rest when that number went stale
 * @param id CKA_ID, the same as its certificate's; may be empty
 * @param alwaysAuthenticate each use needs the PIN again
 */
public record TokenKey(
        long handle,
        byte[] id,
        String label,
        KeyType type,
        boolean signs,
        boolean decrypts,
        boolean derives,
        boolean alwaysAuthenticate) {}
