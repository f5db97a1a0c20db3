package org.zegel.smime.decrypt;

import java.security.PublicKey;
import java.util.Arrays;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.store.BoundKey;
import org.zegel.store.KeyAgreement;

/**
 * Ephemeral-static ECDH (RFC 5753 section 3.1) and X25519 or X448 (RFC 8418).
 *
 * @param originator the sender's ephemeral key, checked to fit the identity's own
 */
record KeyAgreementRecipient(Identity identity, PublicKey originator, AgreementScheme scheme, byte[] encryptedKey)
        implements Recipient {
    @Override
    public byte[] contentKey(BoundKey key, ContentAlgorithm cipher) throws Failure, CannotDecrypt {
        KeyAgreement agreement = key.agreement().orElseThrow(CannotDecrypt::new);
        byte[] shared = agreement.agree(originator);
        byte[] wrapping = {};
        try {
            wrapping = scheme.wrappingKey(shared);
            byte[] unwrapped = scheme.wrap().unwrap(wrapping, encryptedKey);
            if (!cipher.takesKeyOf(unwrapped.length)) {
                throw new CannotDecrypt();
            }
            return unwrapped;
        } finally {
            Arrays.fill(shared, (byte) 0);
            Arrays.fill(wrapping, (byte) 0);
        }
    }
}
