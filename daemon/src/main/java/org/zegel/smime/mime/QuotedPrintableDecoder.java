package org.zegel.smime.mime;

import java.io.IOException;
import java.io.InputStream;

/**
 * Decodes quoted-printable in blocks (RFC 2045 section 6.7). White space at the end of a line is dropped, hard line
 * ends become CRLF, and an equals sign that starts nothing valid stays.
 */
final class QuotedPrintableDecoder extends BlockDecoder {
    /** Longest run of white space or of one escape that is held back; longer runs are data. */
    private static final int HELD = 1024;

    private final byte[] raw = new byte[BLOCK + HELD];
    private int rest;
    private boolean finished;
    /** The last byte of the encoded form was a carriage return. */
    private boolean afterReturn;

    QuotedPrintableDecoder(InputStream in) {
        super(in, 2 * (BLOCK + HELD));
    }

    @Override
    boolean next() throws IOException {
        if (finished) {
            return false;
        }
        int read = in.read(raw, rest, BLOCK);
        finished = read < 0;
        int count = rest + Math.max(read, 0);
        int used = decode(count, finished);
        System.arraycopy(raw, used, raw, 0, count - used);
        rest = count - used;
        return true;
    }

    /** Decodes up to count; gives how much was used: an escape or white space at the edge waits for more. */
    private int decode(int count, boolean last) {
        int at = 0;
        while (at < count) {
            byte b = raw[at];
            if (b != '=' && b != ' ' && b != '\t') {
                literal(b);
                at++;
                continue;
            }
            afterReturn = false;
            int next = b == '=' ? at + 1 : at;
            while (next < count && (raw[next] == ' ' || raw[next] == '\t')) {
                next++;
            }
            // Undecided while the run, or the two characters that decide it, may go on in the next block.
            if (!last && next + 2 > count && count - at < HELD) {
                return at;
            }
            if (!last && next == count) {
                System.arraycopy(raw, at, decoded, limit, next - at);
                limit += next - at;
                at = next;
            } else {
                at = b == '=' ? escape(at, next, count) : space(at, next, count);
            }
        }
        return at;
    }

    private void literal(byte b) {
        if (b == '\n' && !afterReturn) {
            decoded[limit++] = '\r';
        }
        decoded[limit++] = b;
        afterReturn = b == '\r';
    }

    private int escape(int at, int next, int count) {
        if (next == at + 1 && next + 1 < count) {
            int high = Character.digit(raw[next], 16);
            int low = Character.digit(raw[next + 1], 16);
            if (high >= 0 && low >= 0) {
                decoded[limit++] = (byte) (high << 4 | low);
                return next + 2;
            }
        }
        if (next == count) {
            return count;
        }
        if (raw[next] == '\n') {
            return next + 1;
        }
        if (raw[next] == '\r' && next + 1 < count && raw[next + 1] == '\n') {
            return next + 2;
        }
        decoded[limit++] = '=';
        return at + 1;
    }

    private int space(int at, int next, int count) {
        boolean lineEnds =
                next == count || raw[next] == '\n' || (raw[next] == '\r' && next + 1 < count && raw[next + 1] == '\n');
        if (!lineEnds) {
            System.arraycopy(raw, at, decoded, limit, next - at);
            limit += next - at;
        }
        return next;
    }
}
