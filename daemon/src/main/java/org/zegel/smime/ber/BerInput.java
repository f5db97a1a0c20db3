package org.zegel.smime.ber;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;

/**
 * Reads BER (X.690) from a stream in blocks, without ever allocating what a length claims: contents are bounded by the
 * enclosing element, by the size of the whole, and by the limit of the caller. Nesting is bounded by
 * {@value #MAX_DEPTH}. Every error is {@link Malformed}, apart from those of the stream itself.
 */
public final class BerInput {
    /** Deepest nesting of constructed elements. */
    public static final int MAX_DEPTH = 64;

    private static final int BLOCK = 8 * 1024;
    private static final int MAX_LENGTH_OCTETS = 8;
    private static final int MAX_TAG_OCTETS = 4;
    private static final int MAX_HEADER = 2 + MAX_LENGTH_OCTETS + MAX_TAG_OCTETS;

    private final InputStream in;
    private final byte[] block = new byte[BLOCK];
    private int next;
    private int end;
    private long position;

    /** For each open element its end, or {@link BerHeader#INDEFINITE}. Level 0 is the whole. */
    private final long[] ends = new long[MAX_DEPTH + 1];

    private final boolean[] closed = new boolean[MAX_DEPTH + 1];
    private int depth;

    /** {@code size} is an upper bound of the number of bytes in the stream; no element may claim more. */
    public BerInput(InputStream in, long size) {
        this.in = in;
        this.ends[0] = size;
    }

    /** Bytes taken so far. */
    public long position() {
        return position;
    }

    /** Reads the next element's header. */
    public BerHeader header() throws IOException {
        byte[] encoded = new byte[MAX_HEADER];
        int count = 0;
        int first = read();
        encoded[count++] = (byte) first;
        int tag = first & 0x1f;
        if (tag == 0x1f) {
            tag = 0;
            int octet;
            do {
                if (count > MAX_TAG_OCTETS) {
                    throw new Malformed(Finding.ASN1_TAG);
                }
                octet = read();
                encoded[count++] = (byte) octet;
                tag = tag << 7 | octet & 0x7f;
            } while ((octet & 0x80) != 0);
        }
        int lengthOctet = read();
        encoded[count++] = (byte) lengthOctet;
        long length = lengthOctet;
        if (lengthOctet == 0x80) {
            length = BerHeader.INDEFINITE;
        } else if (lengthOctet > 0x80) {
            length = 0;
            for (int left = lengthOctet & 0x7f; left > 0; left--) {
                if (count == MAX_HEADER || length >>> 55 != 0) {
                    throw new Malformed(Finding.ASN1_LENGTH);
                }
                int octet = read();
                encoded[count++] = (byte) octet;
                length = length << 8 | octet;
            }
        }
        boolean constructed = (first & 0x20) != 0;
        check(constructed, length);
        byte[] trimmed = java.util.Arrays.copyOf(encoded, count);
        return new BerHeader(first >>> 6, constructed, tag, length, trimmed);
    }

    private void check(boolean constructed, long length) throws Malformed {
        if (length == BerHeader.INDEFINITE) {
            if (!constructed) {
                throw new Malformed(Finding.ASN1_LENGTH);
            }
            return;
        }
        if (length > innermostEnd() - position) {
            throw new Malformed(Finding.TRUNCATED);
        }
    }

    /** The end that binds here: the nearest enclosing element of definite length. */
    private long innermostEnd() {
        int level = depth;
        while (ends[level] == BerHeader.INDEFINITE) {
            level--;
        }
        return ends[level];
    }

    /** Goes into the constructed element whose header was just read. */
    public void enter(BerHeader header) throws Malformed {
        if (!header.constructed()) {
            throw new Malformed(Finding.ASN1_NOT_CONSTRUCTED);
        }
        if (depth == MAX_DEPTH) {
            throw new Malformed(Finding.ASN1_TOO_DEEP);
        }
        depth++;
        ends[depth] = header.indefinite() ? BerHeader.INDEFINITE : position + header.length();
        closed[depth] = false;
    }

    /** Whether the element entered last has more elements; takes the end-of-contents octets when they are there. */
    public boolean more() throws IOException {
        if (ends[depth] != BerHeader.INDEFINITE) {
            return position < ends[depth];
        }
        if (closed[depth]) {
            return false;
        }
        if (peek() != 0) {
            return true;
        }
        read();
        if (read() != 0) {
            throw new Malformed(Finding.ASN1_END_OF_CONTENTS);
        }
        closed[depth] = true;
        return false;
    }

    /** Leaves the element entered last, which must have been read to its end. */
    public void leave() throws IOException {
        if (more()) {
            throw new Malformed(Finding.ASN1_UNEXPECTED_ELEMENT);
        }
        depth--;
    }

    /** The next element's header, which must be universal with this tag. */
    public BerHeader expect(int tag) throws IOException {
        if (!more()) {
            throw new Malformed(Finding.ASN1_MISSING_ELEMENT);
        }
        BerHeader header = header();
        if (!header.isUniversal(tag)) {
            throw new Malformed(Finding.ASN1_UNEXPECTED_ELEMENT);
        }
        return header;
    }

    /** The whole element whose header was just read, as encoded; at most {@code limit} bytes. */
    public byte[] element(BerHeader header, int limit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        copy(header, out, limit);
        return out.toByteArray();
    }

    /**
     * The whole element whose header was just read, as encoded, or null when it is longer than the limit; either way it
     * has been passed over. What is inside an element of definite length is not looked at: if that is broken, what
     * follows the element is still read.
     */
    public byte @Nullable [] elementOrSkip(BerHeader header, int limit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (header.indefinite()) {
            UpTo bounded = new UpTo(out, limit);
            copy(header, bounded, Long.MAX_VALUE);
            return bounded.passed() ? null : out.toByteArray();
        }
        boolean fits = header.length() <= limit - header.encoded().length;
        out.write(header.encoded());
        contents(header.length(), fits ? out : OutputStream.nullOutputStream());
        return fits ? out.toByteArray() : null;
    }

    /** Passes over the element whose header was just read, checking its structure. */
    public void skip(BerHeader header) throws IOException {
        copy(header, OutputStream.nullOutputStream(), Long.MAX_VALUE);
    }

    private void copy(BerHeader header, OutputStream out, long limit) throws IOException {
        long start = position - header.encoded().length;
        int base = depth;
        BerHeader current = header;
        while (true) {
            out.write(current.encoded());
            if (current.constructed()) {
                enter(current);
            } else {
                limited(start, current.length(), limit);
                contents(current.length(), out);
            }
            while (depth > base && !more()) {
                if (closed[depth]) {
                    out.write(0);
                    out.write(0);
                }
                depth--;
            }
            limited(start, 0, limit);
            if (depth == base) {
                return;
            }
            current = header();
        }
    }

    private void limited(long start, long length, long limit) throws Malformed {
        if (length > limit || position - start > limit - length) {
            throw new Malformed(Finding.ASN1_ELEMENT_TOO_LARGE);
        }
    }

    /**
     * Writes the contents of the octet string whose header was just read, primitive or constructed (X.690 section 8.7;
     * implicitly tagged ones as well), in blocks; gives their length.
     */
    public long octets(BerHeader header, OutputStream sink) throws IOException {
        if (!header.constructed()) {
            contents(header.length(), sink);
            return header.length();
        }
        long total = 0;
        int base = depth;
        enter(header);
        while (depth > base) {
            if (!more()) {
                depth--;
                continue;
            }
            BerHeader part = expect(BerHeader.OCTET_STRING);
            if (part.constructed()) {
                enter(part);
            } else {
                contents(part.length(), sink);
                total += part.length();
            }
        }
        return total;
    }

    /** Whether bytes follow the outermost element. */
    public boolean trailing() throws IOException {
        return next < end || fill();
    }

    private void contents(long length, OutputStream sink) throws IOException {
        long left = length;
        while (left > 0) {
            if (next == end && !fill()) {
                throw new Malformed(Finding.TRUNCATED);
            }
            int count = (int) Math.min(left, end - next);
            sink.write(block, next, count);
            next += count;
            position += count;
            left -= count;
        }
    }

    private int peek() throws IOException {
        if (innermostEnd() == position || next == end && !fill()) {
            throw new Malformed(Finding.TRUNCATED);
        }
        return block[next] & 0xff;
    }

    private int read() throws IOException {
        int octet = peek();
        next++;
        position++;
        return octet;
    }

    private boolean fill() throws IOException {
        next = 0;
        try {
            end = Math.max(0, in.readNBytes(block, 0, block.length));
        } catch (EOFException truncated) {
            throw new Malformed(Finding.TRUNCATED, truncated);
        }
        return end > 0;
    }
}
