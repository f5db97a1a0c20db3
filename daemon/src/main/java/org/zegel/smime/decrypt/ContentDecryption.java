package org.zegel.smime.decrypt;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.zegel.smime.cms.BouncyCastle;

/** Decrypts a stream of cipher text into a sink, in blocks and constant memory, however small the pieces it comes in. */
abstract class ContentDecryption extends OutputStream {
    static final int BLOCK = 8 * 1024;

    private final byte[] gathered = new byte[BLOCK];
    private int count;

    /**
     * For one message.
     *
     * @param recipientKey what the recipient's key gave, of a length that the cipher takes
     * @param contentBytes exact length of the encrypted content
     */
    static ContentDecryption of(EncryptedData data, ContentAlgorithm algorithm, byte[] recipientKey, OutputStream sink)
            throws CannotDecrypt {
        byte[] key = algorithm.derivation().from(recipientKey);
        try {
            return switch (algorithm.cipher().mode()) {
                case CBC -> new Cbc(algorithm, key, sink);
                case GCM, CHACHA20_POLY1305 ->
                    new StreamAeadDecryption(algorithm, key, data.authenticatedAttributes(), data.tag(), sink);
                case CCM -> new CcmDecryption(algorithm, key, data, sink);
            };
        } catch (GeneralSecurityException unusable) {
            throw new CannotDecrypt();
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    abstract void update(byte[] bytes, int offset, int length) throws IOException;

    abstract void end() throws IOException, CannotDecrypt;

    /** Ends the cipher text; only after this returned may the clear text be used. */
    final void finish() throws IOException, CannotDecrypt {
        flushGathered();
        end();
    }

    @Override
    public final void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public final void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int some = Math.min(BLOCK - count, length - done);
            if (some == BLOCK) {
                update(bytes, offset + done, some);
            } else {
                System.arraycopy(bytes, offset + done, gathered, count, some);
                count += some;
                if (count == BLOCK) {
                    flushGathered();
                }
            }
            done += some;
        }
    }

    private void flushGathered() throws IOException {
        update(gathered, 0, count);
        count = 0;
    }

    private static final class Cbc extends ContentDecryption {
        private final Cipher cipher;
        private final OutputStream sink;
        private final byte[] clear = new byte[BLOCK + 64];

        Cbc(ContentAlgorithm algorithm, byte[] key, OutputStream sink) throws GeneralSecurityException {
            String name = algorithm.cipher().cipher();
            cipher = algorithm.cipher().needsBouncyCastle()
                    ? Cipher.getInstance(name + "/CBC/PKCS5Padding", BouncyCastle.PROVIDER)
                    : Cipher.getInstance(name + "/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, name), algorithm.parameters());
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
        void end() throws IOException, CannotDecrypt {
            try {
                sink.write(clear, 0, cipher.doFinal(clear, 0));
            } catch (GeneralSecurityException padding) {
                throw new CannotDecrypt();
            }
        }
    }
}
