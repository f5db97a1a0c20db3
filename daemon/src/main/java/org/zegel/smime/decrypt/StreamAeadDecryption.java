package org.zegel.smime.decrypt;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * GCM and ChaCha20-Poly1305 in constant memory. The JDK's decryption keeps the whole text until the tag is known; its
 * encryption does not. In both ciphers the two are the same exclusive-or with the key stream, so one cipher "encrypts"
 * the cipher text back into clear text (its tag means nothing), and a second one encrypts that clear text again and so
 * computes the tag over the cipher text that was received. The sink must keep the clear text to itself until
 * {@link #finish()} returned.
 */
final class StreamAeadDecryption extends ContentDecryption {
    private static final int TAG = 16;

    private final Cipher keyStream;
    private final Cipher authentication;
    private final byte[] expectedTag;
    private final OutputStream sink;
    private final byte[] clear = new byte[BLOCK + 64];
    private final byte[] scratch = new byte[BLOCK + 128];

    StreamAeadDecryption(ContentAlgorithm algorithm, byte[] key, byte[] authenticated, byte[] tag, OutputStream sink)
            throws GeneralSecurityException, CannotDecrypt {
        this.sink = sink;
        this.expectedTag = tag;
        if (tag.length != algorithm.tagBytes()) {
            throw new CannotDecrypt();
        }
        keyStream = cipher(algorithm, key);
        authentication = cipher(algorithm, key);
        authentication.updateAAD(authenticated);
    }

    /** The tag is always computed in full and compared to the length given. */
    private static Cipher cipher(ContentAlgorithm algorithm, byte[] key) throws GeneralSecurityException {
        if (algorithm.cipher().mode() == ContentCipher.Mode.GCM) {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(TAG * 8, algorithm.nonce()));
            return cipher;
        }
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), algorithm.parameters());
        return cipher;
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
    void end() throws IOException, CannotDecrypt {
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
