package org.zegel.store.pkcs12;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * PBKDF2 (RFC 8018 section 5.2) over the JDK's HMAC. The JDK's own key factory is as fast, but keeps a copy of the
 * passphrase that nobody can wipe, until the garbage collector comes by: in an idle daemon that may be hours.
 */
final class Pbkdf2 {
    private Pbkdf2() {}

    /**
     * The derived key, which the caller wipes like the password.
     *
     * @param hash digest of the PRF in JCA spelling without hyphen, for instance {@code SHA256}
     */
    static byte[] derive(String hash, byte[] password, byte[] salt, int iterations, int keyBytes)
            throws GeneralSecurityException {
        Mac prf = Mac.getInstance("Hmac" + hash);
        int length = prf.getMacLength();
        byte[] key = new byte[keyBytes];
        byte[] u = new byte[length];
        byte[] block = new byte[length];
        try {
            prf.init(new Password(password));
            for (int i = 0; i * length < keyBytes; i++) {
                prf.update(salt);
                prf.update(new byte[] {
                    (byte) ((i + 1) >> 24), (byte) ((i + 1) >> 16), (byte) ((i + 1) >> 8), (byte) (i + 1)
                });
                prf.doFinal(u, 0);
                System.arraycopy(u, 0, block, 0, length);
                for (int round = 1; round < iterations; round++) {
                    prf.update(u);
                    prf.doFinal(u, 0);
                    for (int k = 0; k < length; k++) {
                        block[k] ^= u[k];
                    }
                }
                System.arraycopy(block, 0, key, i * length, Math.min(length, keyBytes - i * length));
            }
            return key;
        } finally {
            Arrays.fill(u, (byte) 0);
            Arrays.fill(block, (byte) 0);
            // The HMAC keeps the password in a thin disguise until it is given another.
            prf.init(new Password(new byte[0]));
        }
    }

    /** Unlike a {@code SecretKeySpec} it may be empty and keeps no copy of its own. */
    private record Password(byte[] bytes) implements SecretKey {
        @Override
        public String getAlgorithm() {
            return "RAW";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        /** A copy, which the JDK's HMAC wipes. */
        @Override
        public byte[] getEncoded() {
            return bytes.clone();
        }

        @Override
        public String toString() {
            return "Password[redacted]";
        }
    }
}
