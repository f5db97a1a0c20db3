package org.zegel.smime.mime;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Encodes text in canonical line ends as quoted-printable (RFC 2045 section 6.7). The result is safe for mail servers:
 * no line begins with {@code From }, a dot or a hyphen (which could look like a boundary), and white space before a line
 * end is encoded. Closing it leaves the target open.
 */
public final class QuotedPrintableLines extends FilterOutputStream {
    private static final int BLOCK = 16 * 1024;
    private static final int MAX_LINE = 76;
    /** The longest piece put at once: an escape, a soft line break, an escape. */
    private static final int LONGEST = 12;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final int NONE = -1;

    private final byte[] buffer = new byte[BLOCK];
    private int count;
    private int column;
    /** White space, or a carriage return, that waits for what follows it. */
    private int held = NONE;

    public QuotedPrintableLines(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        encode((byte) value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            encode(bytes[i]);
        }
    }

    @Override
    public void flush() throws IOException {
        out.write(buffer, 0, count);
        count = 0;
    }

    @Override
    public void close() throws IOException {
        if (held != NONE) {
            escape(held);
            held = NONE;
        }
        flush();
    }

    private void encode(byte b) throws IOException {
        if (count > BLOCK - 2 * LONGEST) {
            flush();
        }
        int previous = held;
        held = NONE;
        if (previous == '\r' && b == '\n') {
            lineEnd();
            return;
        }
        if (previous == '\r') {
            escape(previous);
        } else if (previous != NONE && b == '\r') {
            // Perhaps the end of the line; encoding it is right in any case.
            escape(previous);
        } else if (previous != NONE) {
            literal(previous);
        }
        if (b == ' ' || b == '\t' || b == '\r') {
            held = b;
        } else if (b > ' ' && b < 0x7f && b != '=') {
            literal(b);
        } else {
            escape(b & 0xff);
        }
    }

    private void lineEnd() {
        buffer[count++] = '\r';
        buffer[count++] = '\n';
        column = 0;
    }

    private void literal(int b) {
        makeRoom(1);
        if (column == 0 && (b == 'F' || b == '.' || b == '-')) {
            escape(b);
            return;
        }
        buffer[count++] = (byte) b;
        column++;
    }

    private void escape(int b) {
        makeRoom(3);
        buffer[count++] = '=';
        buffer[count++] = HEX[b >> 4 & 15];
        buffer[count++] = HEX[b & 15];
        column += 3;
    }

    private void makeRoom(int characters) {
        // One column stays free for the equals sign of a soft line break.
        if (column + characters > MAX_LINE - 1) {
            buffer[count++] = '=';
            lineEnd();
        }
    }
}
