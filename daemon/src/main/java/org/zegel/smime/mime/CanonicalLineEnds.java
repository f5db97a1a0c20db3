package org.zegel.smime.mime;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes lines in canonical form: a bare LF becomes CRLF (RFC 8551 section 3.1.1). A bare CR stays, it is no line end.
 * Works over arrays; flushing or closing it passes on what is buffered and leaves the target open.
 */
public final class CanonicalLineEnds extends FilterOutputStream {
    private static final int BLOCK = 16 * 1024;

    private final byte[] buffer = new byte[BLOCK];
    private int count;
    private boolean afterReturn;

    public CanonicalLineEnds(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        int from = offset;
        int bare = bareLineFeed(bytes, offset, end, afterReturn);
        while (bare >= 0) {
            put(bytes, from, bare - from);
            put('\r');
            from = bare;
            bare = bareLineFeed(bytes, bare + 1, end, false);
        }
        put(bytes, from, end - from);
        if (length > 0) {
            afterReturn = bytes[end - 1] == '\r';
        }
    }

    /** Index of the first LF in [from, to) that no CR precedes, or -1; the last tells whether one stands before from. */
    public static int bareLineFeed(byte[] bytes, int from, int to, boolean afterReturn) {
        int at = Bytes.lineFeed(bytes, from, to);
        while (at >= 0 && (at == from ? afterReturn : bytes[at - 1] == '\r')) {
            at = Bytes.lineFeed(bytes, at + 1, to);
        }
        return at;
    }

    @Override
    public void flush() throws IOException {
        out.write(buffer, 0, count);
        count = 0;
    }

    @Override
    public void close() throws IOException {
        flush();
    }

    private void put(char c) throws IOException {
        if (count == BLOCK) {
            flush();
        }
        buffer[count++] = (byte) c;
    }

    private void put(byte[] bytes, int from, int length) throws IOException {
        if (length > BLOCK - count) {
            flush();
            if (length >= BLOCK / 2) {
                out.write(bytes, from, length);
                return;
            }
        }
        System.arraycopy(bytes, from, buffer, count, length);
        count += length;
    }
}
