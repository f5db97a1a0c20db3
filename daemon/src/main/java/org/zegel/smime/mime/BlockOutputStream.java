package org.zegel.smime.mime;

import java.io.IOException;
import java.io.OutputStream;

/** Gathers what is written into blocks of one size; a subclass says what becomes of each, and of the rest at the end. */
public abstract class BlockOutputStream extends OutputStream {
    /** The block being filled. */
    protected final byte[] block;

    private int count;

    /** Blocks of so many bytes. */
    protected BlockOutputStream(int size) {
        block = new byte[size];
    }

    /** Passes on the first bytes of the block: all of it, or fewer at the end. */
    protected abstract void pass(int length) throws IOException;

    @Override
    public final void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public final void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int left = length;
        while (left > 0) {
            int step = Math.min(left, block.length - count);
            System.arraycopy(bytes, at, block, count, step);
            count += step;
            at += step;
            left -= step;
            if (count == block.length) {
                passRest();
            }
        }
    }

    /** Passes on what has not been passed on yet, if anything. */
    protected final void passRest() throws IOException {
        if (count > 0) {
            pass(count);
            count = 0;
        }
    }
}
