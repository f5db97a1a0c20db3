package org.zegel.smime.decrypt;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** Decrypts a stream of cipher text into a sink, in blocks and constant memory. */
abstract class ContentDecryption extends OutputStream {
    static final int BLOCK = 8 * 1024;

    /** For unauthenticated ciphers. */
    static ContentDecryption cbc(ContentAlgorithm algorithm, byte[] key, OutputStream sink) throws CannotDecrypt {
        try {
            Cipher cipher = Cipher.getInstance(algorithm.cipher() + "/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, algorithm.cipher()), algorithm.parameters());
            return new Cbc(cipher, sink);
        } catch (GeneralSecurityException unusable) {
            throw new CannotDecrypt();
        }
    }

    /** Ends the cipher text; only after this returned may the clear text be used. */
    abstract void finish() throws IOException, CannotDecrypt;

    abstract void update(byte[] bytes, int offset, int length) throws IOException;

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += BLOCK) {
            update(bytes, offset + done, Math.min(BLOCK, length - done));
        }
    }

    private static final class Cbc extends ContentDecryption {
        private final Cipher cipher;
        private final OutputStream sink;
        private final byte[] clear = new byte[BLOCK + 64];

        Cbc(Cipher cipher, OutputStream sink) {
            this.cipher = cipher;
            this.sink = sink;
        }

        @Override
        void update(byte[] bytes, int offset, int length) throws IOException {
            try {
                sink.write(clear, 0, cipher.update(bytes, offset, length, clear));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        void finish() throws IOException, CannotDecrypt {
            try {
                sink.write(clear, 0, cipher.doFinal(clear, 0));
            } catch (GeneralSecurityException padding) {
                throw new CannotDecrypt();
            }
        }
    }
}
