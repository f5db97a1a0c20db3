package org.zegel.smime.mime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Hands out what a subclass decodes block by block. */
abstract class BlockDecoder extends FilterInputStream {
    /** Bytes read of the encoded form at a time. */
    static final int BLOCK = 16 * 1024;

    /** The decoded block. */
    final byte[] decoded;
    /** The end of what is decoded. */
    int limit;

    private int position;

    BlockDecoder(InputStream in, int size) {
        super(in);
        decoded = new byte[size];
    }

    /** Puts the next bytes, perhaps none, at the start of the decoded block; false after the last of them. */
    abstract boolean next() throws IOException;

    @Override
    public final int read() throws IOException {
        return fill() ? decoded[position++] & 0xff : -1;
    }

    @Override
    public final int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(decoded, position, bytes, offset, count);
        position += count;
        return count;
    }

    @Override
    public final long skip(long count) throws IOException {
        long left = count;
        while (left > 0 && fill()) {
            int step = (int) Math.min(left, limit - position);
            position += step;
            left -= step;
        }
        return count - left;
    }

    @Override
    public final int available() {
        return limit - position;
    }

    @Override
    public final boolean markSupported() {
        return false;
    }

    private boolean fill() throws IOException {
        while (position == limit) {
            position = 0;
            limit = 0;
            if (!next()) {
                return false;
            }
        }
        return true;
    }
}
