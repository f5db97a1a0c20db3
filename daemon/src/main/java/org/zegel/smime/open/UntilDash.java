package org.zegel.smime.open;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The base64 lines of PEM (RFC 7468): ends before the first dash, which base64 does not have. */
final class UntilDash extends FilterInputStream {
    private boolean ended;

    UntilDash(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (ended) {
            return length == 0 ? 0 : -1;
        }
        int count = super.read(bytes, offset, length);
        for (int i = offset; i < offset + count; i++) {
            if (bytes[i] == '-') {
                ended = true;
                return i == offset ? -1 : i - offset;
            }
        }
        return count;
    }
}
