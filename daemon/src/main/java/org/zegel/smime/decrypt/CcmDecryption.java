package org.zegel.smime.decrypt;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * CCM (RFC 3610) in constant memory, put together from counter mode and a CBC-MAC over the clear text: libraries keep
 * the whole text. The length must be known before. The sink must keep the clear text to itself until
 * {@link #finish()} returned.
 */
final class CcmDecryption extends ContentDecryption {
    private static final int AES_BLOCK = 16;
    /** Attributes from this length on have a longer length field (RFC 3610 section 2.2). */
    private static final int SHORT_ATTRIBUTES = 0xff00;

    private final Cipher counter;
    private final Cipher mac;
    private final byte[] tagMask;
    private final byte[] expectedTag;
    private final OutputStream sink;
    private final byte[] clear = new byte[BLOCK + AES_BLOCK];
    private final byte[] scratch = new byte[BLOCK + AES_BLOCK];
    private final byte[] last = new byte[AES_BLOCK];
    private int partial;

    CcmDecryption(ContentAlgorithm algorithm, byte[] key, EncryptedData data, OutputStream sink)
            throws GeneralSecurityException, CannotDecrypt {
        this.sink = sink;
        this.expectedTag = data.tag();
        int lengthBytes = AES_BLOCK - 1 - algorithm.nonce().length;
        boolean tooLong = lengthBytes < Long.BYTES && data.contentBytes() >>> 8 * lengthBytes != 0;
        if (expectedTag.length != algorithm.tagBytes() || tooLong) {
            throw new CannotDecrypt();
        }
        SecretKeySpec aes = new SecretKeySpec(key, "AES");
        counter = Cipher.getInstance("AES/CTR/NoPadding");
        counter.init(Cipher.DECRYPT_MODE, aes, new IvParameterSpec(block(lengthBytes - 1, algorithm.nonce(), 0)));
        tagMask = counter.update(new byte[AES_BLOCK]);
        mac = Cipher.getInstance("AES/CBC/NoPadding");
        mac.init(Cipher.ENCRYPT_MODE, aes, new IvParameterSpec(new byte[AES_BLOCK]));
        byte[] attributes = data.authenticatedAttributes();
        int flags = (attributes.length > 0 ? 64 : 0) + 8 * ((expectedTag.length - 2) / 2) + lengthBytes - 1;
        authenticate(block(flags, algorithm.nonce(), data.contentBytes()), AES_BLOCK);
        attributes(attributes);
    }

    private static byte[] block(int flags, byte[] nonce, long number) {
        byte[] block = new byte[AES_BLOCK];
        block[0] = (byte) flags;
        System.arraycopy(nonce, 0, block, 1, nonce.length);
        long rest = number;
        for (int i = AES_BLOCK - 1; i > nonce.length; i--) {
            block[i] = (byte) rest;
            rest >>>= 8;
        }
        return block;
    }

    private void attributes(byte[] attributes) throws GeneralSecurityException {
        int length = attributes.length;
        if (length == 0) {
            return;
        }
        byte[] prefix = length < SHORT_ATTRIBUTES
                ? new byte[] {(byte) (length >>> 8), (byte) length}
                : new byte[] {
                    (byte) 0xff,
                    (byte) 0xfe,
                    (byte) (length >>> 24),
                    (byte) (length >>> 16),
                    (byte) (length >>> 8),
                    (byte) length
                };
        authenticate(prefix, prefix.length);
        for (int done = 0; done < length; done += BLOCK) {
            byte[] some = Arrays.copyOfRange(attributes, done, Math.min(length, done + BLOCK));
            authenticate(some, some.length);
        }
        pad();
    }

    private void authenticate(byte[] bytes, int length) throws GeneralSecurityException {
        int count = mac.update(bytes, 0, length, scratch);
        if (count > 0) {
            System.arraycopy(scratch, count - AES_BLOCK, last, 0, AES_BLOCK);
        }
        partial = (partial + length) % AES_BLOCK;
    }

    private void pad() throws GeneralSecurityException {
        if (partial > 0) {
            authenticate(new byte[AES_BLOCK], AES_BLOCK - partial);
        }
    }

    @Override
    void update(byte[] bytes, int offset, int length) throws IOException {
        try {
            int count = counter.update(bytes, offset, length, clear);
            authenticate(clear, count);
            sink.write(clear, 0, count);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    void end() throws IOException, CannotDecrypt {
        try {
            int count = counter.doFinal(clear, 0);
            authenticate(clear, count);
            pad();
            byte[] tag = Arrays.copyOf(last, expectedTag.length);
            for (int i = 0; i < tag.length; i++) {
                tag[i] ^= tagMask[i];
            }
            if (!MessageDigest.isEqual(tag, expectedTag)) {
                throw new CannotDecrypt();
            }
            sink.write(clear, 0, count);
        } catch (GeneralSecurityException impossible) {
            throw new CannotDecrypt();
        }
    }
}
