package org.zegel.smime.ber;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes on the first bytes, drops all after them, and tells whether there were any. */
final class UpTo extends FilterOutputStream {
    private int left;
    private boolean passed;

    UpTo(OutputStream out, int limit) {
        super(out);
        this.left = limit;
    }

    boolean passed() {
        return passed;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int count = Math.min(left, length);
        out.write(bytes, offset, count);
        left -= count;
        passed |= count < length;
    }
}
