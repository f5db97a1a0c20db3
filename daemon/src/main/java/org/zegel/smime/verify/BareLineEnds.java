package org.zegel.smime.verify;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes lines that end in CRLF with LF alone: what a signer saw who signed lines as Unix keeps them, before a mail
 * server made them canonical. Works over arrays; flushing or closing it passes on a CR that was held back.
 */
final class BareLineEnds extends FilterOutputStream {
    private boolean heldReturn;

    BareLineEnds(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        if (heldReturn && bytes[offset] != '\n') {
            out.write('\r');
        }
        int end = offset + length;
        heldReturn = bytes[end - 1] == '\r';
        int last = heldReturn ? end - 1 : end;
        int from = offset;
        for (int i = offset; i + 1 < end; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                out.write(bytes, from, i - from);
                from = i + 1;
            }
        }
        out.write(bytes, from, last - from);
    }

    @Override
    public void flush() throws IOException {
        if (heldReturn) {
            out.write('\r');
            heldReturn = false;
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
