package org.zegel.smime.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/** Encodes base64 in lines of 76 characters, each ended by CRLF. Closing it leaves the target open. */
public final class Base64Lines extends BlockOutputStream {
    private static final int LINE = 57;
    private static final int BLOCK = LINE * 256;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final Base64.Encoder ENCODER = Base64.getMimeEncoder(76, LINE_END);

    private final OutputStream out;
    private final byte[] encoded = new byte[BLOCK / LINE * 78];

    public Base64Lines(OutputStream out) {
        super(BLOCK);
        this.out = out;
    }

    @Override
    protected void pass(int length) throws IOException {
        if (length == BLOCK) {
            out.write(encoded, 0, ENCODER.encode(block, encoded));
        } else {
            out.write(ENCODER.encode(Arrays.copyOf(block, length)));
        }
        out.write(LINE_END);
    }

    /** Does nothing: an incomplete group can only be written at the end. */
    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
        passRest();
    }
}
