package org.zegel.smime.mime;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/** Encodes base64 in lines of 76 characters, each ended by CRLF. Closing it leaves the target open. */
public final class Base64Lines extends FilterOutputStream {
    private static final int LINE = 57;
    private static final int BLOCK = LINE * 256;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final Base64.Encoder ENCODER = Base64.getMimeEncoder(76, LINE_END);

    private final byte[] buffer = new byte[BLOCK];
    private final byte[] encoded = new byte[BLOCK / LINE * 78];
    private int count;

    public Base64Lines(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int left = length;
        while (left > 0) {
            int step = Math.min(left, BLOCK - count);
            System.arraycopy(bytes, at, buffer, count, step);
            count += step;
            at += step;
            left -= step;
            if (count == BLOCK) {
                out.write(encoded, 0, ENCODER.encode(buffer, encoded));
                out.write(LINE_END);
                count = 0;
            }
        }
    }

    /** Does nothing: an incomplete group can only be written at the end. */
    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
        if (count > 0) {
            out.write(ENCODER.encode(Arrays.copyOf(buffer, count)));
            out.write(LINE_END);
            count = 0;
        }
    }
}
