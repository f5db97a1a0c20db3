package org.zegel.smime.decrypt;

import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.store.BoundKey;

/** A recipient of the message that one of our identities is. */
sealed interface Recipient permits KeyTransportRecipient, KeyAgreementRecipient {
    Identity identity();

    byte[] encryptedKey();

    /**
     * The content-encryption key, of a length that the cipher takes; for RSA a substitute where there is none to be had
     * (RFC 3218).
     *
     * @throws Failure when the key could not be used at all
     */
    byte[] contentKey(BoundKey key, ContentAlgorithm algorithm) throws Failure, CannotDecrypt;
}
