package org.zegel.smime.decrypt;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * GCM in constant memory. The JDK's GCM decryption keeps the whole text until the tag is known; its encryption does
 * not. In GCM both are the same exclusive-or with the key stream, so one cipher "encrypts" the cipher text back into
 * clear text (its tag means nothing), and a second one encrypts that clear text again and so computes the tag over
 * the cipher text that was received. The sink must keep the clear text to itself until {@link #finish()} returned.
 */
final class GcmDecryption extends ContentDecryption {
    private static final int TAG = 16;

    private final Cipher keyStream;
    private final Cipher authentication;
    private final byte[] expectedTag;
    private final OutputStream sink;
    private final byte[] clear = new byte[BLOCK + 64];
    private final byte[] scratch = new byte[BLOCK + 128];

    GcmDecryption(ContentAlgorithm algorithm, byte[] key, byte[] authenticated, byte[] tag, OutputStream sink)
            throws CannotDecrypt {
        this.sink = sink;
        this.expectedTag = tag;
        if (tag.length != algorithm.tagBytes()) {
            throw new CannotDecrypt();
        }
        keyStream = cipher(algorithm, key);
        authentication = cipher(algorithm, key);
        authentication.updateAAD(authenticated);
    }

    private static Cipher cipher(ContentAlgorithm algorithm, byte[] key) throws CannotDecrypt {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), algorithm.parameters());
            return cipher;
        } catch (GeneralSecurityException unusable) {
            throw new CannotDecrypt();
        }
    }

    @Override
    void update(byte[] bytes, int offset, int length) throws IOException {
        try {
            int count = keyStream.update(bytes, offset, length, clear);
            authentication.update(clear, 0, count, scratch);
            sink.write(clear, 0, count);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    void finish() throws IOException, CannotDecrypt {
        try {
            int count = keyStream.doFinal(clear, 0) - TAG;
            int end = authentication.doFinal(clear, 0, count, scratch);
            byte[] tag = Arrays.copyOfRange(scratch, end - TAG, end - TAG + expectedTag.length);
            if (!MessageDigest.isEqual(tag, expectedTag)) {
                throw new CannotDecrypt();
            }
            sink.write(clear, 0, count);
        } catch (GeneralSecurityException impossible) {
            throw new CannotDecrypt();
        }
    }
}
