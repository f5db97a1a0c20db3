package org.zegel.smime.verify;

import java.io.IOException;
import java.io.OutputStream;

/** Passes bytes on with every bare LF made CRLF (RFC 8551 section 3.1.1), in blocks. */
final class CanonicalLineEnds extends OutputStream {
    private static final int BLOCK = 8 * 1024;

    private final OutputStream sink;
    private final byte[] block = new byte[2 * BLOCK];
    private boolean afterCarriageReturn;

    CanonicalLineEnds(OutputStream sink, boolean afterCarriageReturn) {
        this.sink = sink;
        this.afterCarriageReturn = afterCarriageReturn;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += BLOCK) {
            convert(bytes, offset + done, Math.min(BLOCK, length - done));
        }
    }

    private void convert(byte[] bytes, int offset, int length) throws IOException {
        int out = 0;
        boolean carriageReturn = afterCarriageReturn;
        for (int i = offset; i < offset + length; i++) {
            byte octet = bytes[i];
            if (octet == '\n' && !carriageReturn) {
                block[out++] = '\r';
            }
            block[out++] = octet;
            carriageReturn = octet == '\r';
        }
        afterCarriageReturn = carriageReturn;
        sink.write(block, 0, out);
    }

    /** Index of the first LF that no CR precedes, or -1. */
    static int firstBareLineFeed(byte[] bytes, int offset, int length, boolean afterCarriageReturn) {
        boolean carriageReturn = afterCarriageReturn;
        for (int i = offset; i < offset + length; i++) {
            byte octet = bytes[i];
            if (octet == '\n' && !carriageReturn) {
                return i;
            }
            carriageReturn = octet == '\r';
        }
        return -1;
    }
}
