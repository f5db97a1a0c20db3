package org.zegel.smime.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * Decodes base64 in blocks. Line ends and everything else outside the alphabet is skipped (RFC 2045 section 6.8), an
 * incomplete last group is dropped, and what follows padding is not data.
 */
final class Base64Decoder extends BlockDecoder {
    private static final Base64.Decoder DECODER = Base64.getDecoder();
    private static final boolean[] ALPHABET = alphabet();

    private final byte[] raw = new byte[BLOCK];
    private final byte[] digits = new byte[BLOCK + 4];
    private int pending;
    private boolean padded;
    private boolean finished;

    Base64Decoder(InputStream in) {
        super(in, (BLOCK + 4) / 4 * 3);
    }

    @Override
    boolean next() throws IOException {
        if (finished) {
            return false;
        }
        int read = in.read(raw, 0, BLOCK);
        if (read < 0 || padded) {
            finished = true;
            decode(tail());
        } else {
            collect(read);
            int whole = pending & ~3;
            decode(whole);
            System.arraycopy(digits, whole, digits, 0, pending - whole);
            pending -= whole;
        }
        return true;
    }

    /** Digits of the last, perhaps incomplete group, padded; one digit alone carries no byte. */
    private int tail() {
        return pending == 1 ? 0 : pending;
    }

    private void decode(int count) {
        byte[] input = Arrays.copyOf(digits, count);
        limit = DECODER.decode(input, decoded);
    }

    /** Takes over the digits of the block: runs between line ends at once, the rest byte by byte. */
    private void collect(int count) {
        int at = 0;
        while (at < count && !padded) {
            int start = at;
            while (at < count && ALPHABET[raw[at] & 0xff]) {
                at++;
            }
            System.arraycopy(raw, start, digits, pending, at - start);
            pending += at - start;
            while (at < count && !ALPHABET[raw[at] & 0xff] && !padded) {
                padded = raw[at++] == '=';
            }
        }
    }

    private static boolean[] alphabet() {
        boolean[] alphabet = new boolean[256];
        for (char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".toCharArray()) {
            alphabet[c] = true;
        }
        return alphabet;
    }
}
