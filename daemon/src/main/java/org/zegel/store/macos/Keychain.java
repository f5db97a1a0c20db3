package org.zegel.store.macos;

import java.util.List;
import java.util.Optional;

/** The few things asked of macOS, in Java's types; the system may ask the person during any use of a key. */
interface Keychain {
    /** DER certificates that have a private key, those of cards that are in a reader included. */
    List<byte[]> identities() throws KeychainError;

    /** All DER certificates of the person's keychains. */
    List<byte[]> certificates() throws KeychainError;

    /** The private key of this certificate; empty when it is gone. The caller closes it. */
    Optional<Key> key(byte[] certificate) throws KeychainError;

    /** A private key, where it lives. Not for use by several threads. */
    interface Key extends AutoCloseable {
        boolean supports(SecAlgorithm algorithm);

        byte[] sign(SecAlgorithm algorithm, byte[] digest) throws KeychainError;

        byte[] decrypt(SecAlgorithm algorithm, byte[] ciphertext) throws KeychainError;

        /** The x-coordinate of the shared point; {@code point} is uncompressed (SEC 1). */
        byte[] agree(byte[] point) throws KeychainError;

        @Override
        void close();
    }
}
