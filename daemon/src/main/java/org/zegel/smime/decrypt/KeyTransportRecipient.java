package org.zegel.smime.decrypt;

import java.util.Arrays;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.store.BoundKey;
import org.zegel.store.RsaDecryption;

/** RSA key transport (RFC 5652 section 6.2.1; RFC 3560 for OAEP). */
record KeyTransportRecipient(Identity identity, RsaPadding padding, byte[] encryptedKey) implements Recipient {
    /**
     * Whatever is wrong with the encrypted key, the work goes on with a substitute and ends like any wrong key does, so
     * that nobody learns from us what was wrong (RFC 3218 section 2.3).
     */
    @Override
    public byte[] contentKey(BoundKey key, ContentAlgorithm cipher) throws Failure, CannotDecrypt {
        RsaDecryption rsa = key.decryption().orElseThrow(CannotDecrypt::new);
        byte[] substitute = SubstituteKeys.of(encryptedKey, cipher.substituteKeyBytes());
        try {
            byte[] unwrapped = padding.decrypt(rsa, encryptedKey);
            boolean fits = cipher.takesKeyOf(unwrapped.length);
            Arrays.fill(fits ? substitute : unwrapped, (byte) 0);
            return fits ? unwrapped : substitute;
        } catch (Failure failure) {
            if (failure.kind() == Failure.Kind.CANNOT_DECRYPT) {
                return substitute;
            }
            throw failure;
        }
    }
}
