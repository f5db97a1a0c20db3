package org.zegel.smime.decrypt;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys for where RSA gave none (RFC 3218 section 2.3.2). Nobody outside can tell such a key from a real one, and the
 * same encrypted key has the same substitute as long as this process lives: opening a message again and again tells
 * nothing either.
 */
final class SubstituteKeys {
    private static final String HMAC = "HmacSHA256";
    private static final SecretKeySpec SECRET = secret();

    private SubstituteKeys() {}

    static byte[] of(byte[] encryptedKey, int length) {
        try {
            ByteBuffer key = ByteBuffer.allocate(length);
            for (byte counter = 0; key.hasRemaining(); counter++) {
                Mac mac = Mac.getInstance(HMAC);
                mac.init(SECRET);
                mac.update(counter);
                byte[] some = mac.doFinal(encryptedKey);
                key.put(some, 0, Math.min(some.length, key.remaining()));
                Arrays.fill(some, (byte) 0);
            }
            return key.array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static SecretKeySpec secret() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return new SecretKeySpec(random, HMAC);
    }
}
