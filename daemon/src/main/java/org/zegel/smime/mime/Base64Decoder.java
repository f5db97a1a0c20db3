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
    private int lineLength;
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
            if (!decodeLines(read)) {
                collect(read);
                decode(pending & ~3);
            }
            int whole = pending & ~3;
            System.arraycopy(digits, whole, digits, 0, pending - whole);
            pending -= whole;
        }
        return true;
    }

    /**
     * Decodes the block as if it held lines of digits and nothing else, which nearly all do: the line ends are taken out
     * unseen, and the JDK's decoder finds whatever else is no digit. False where it found something, with nothing done.
     */
    private boolean decodeLines(int count) {
        int before = pending;
        int at = 0;
        while (at < count) {
            int guess = at + lineLength;
            // Most lines are as long as the one before.
            boolean alike = guess + 1 < count && raw[guess] == '\r' && raw[guess + 1] == '\n';
            int lineFeed = alike ? guess + 1 : Bytes.lineFeed(raw, at, count);
            int next = lineFeed < 0 ? count : lineFeed + 1;
            int end = lineFeed < 0 ? count : lineFeed;
            if (end > at && raw[end - 1] == '\r') {
                end--;
            }
            System.arraycopy(raw, at, digits, pending, end - at);
            pending += end - at;
            if (lineFeed >= 0) {
                lineLength = end - at;
            }
            at = next;
        }
        if (onlyDigits()) {
            return true;
        }
        pending = before;
        return false;
    }

    /** Decodes the whole groups of what is collected; false where anything of it, the rest included, is no digit. */
    private boolean onlyDigits() {
        int whole = pending & ~3;
        for (int i = Math.max(0, whole - 2); i < pending; i++) {
            // Padding, too, which the decoder would take at the end of a block.
            if (!ALPHABET[digits[i] & 0xff]) {
                return false;
            }
        }
        try {
            decode(whole);
            return true;
        } catch (IllegalArgumentException other) {
            limit = 0;
            return false;
        }
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
