package org.zegel.model;

import java.util.Arrays;

/**
 * Walks DER in an array without making objects of it: a CRL of a million entries costs no memory beyond its bytes.
 * Throws {@link IllegalArgumentException} on what is not DER.
 */
public final class DerReader {
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int SEQUENCE = 0x30;
    public static final int UTC_TIME = 0x17;
    public static final int GENERALIZED_TIME = 0x18;

    private static final int MAX_LENGTH_BYTES = 4;

    private final byte[] bytes;
    private final int end;
    private int at;

    public DerReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private DerReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** One element: from its tag to its end, and where its contents begin. */
    public record Element(byte[] bytes, int tag, int from, int content, int to) {
        public DerReader contents() {
            return new DerReader(bytes, content, to);
        }

        public byte[] encoded() {
            return Arrays.copyOfRange(bytes, from, to);
        }

        public byte[] value() {
            return Arrays.copyOfRange(bytes, content, to);
        }

        public boolean valueEquals(byte[] other) {
            return Arrays.equals(bytes, content, to, other, 0, other.length);
        }
    }

    public boolean hasNext() {
        return at < end;
    }

    public boolean nextIs(int tag) {
        return hasNext() && (bytes[at] & 0xff) == tag;
    }

    /** The next element, which must have this tag. */
    public Element next(int tag) {
        if (!nextIs(tag)) {
            throw new IllegalArgumentException("another element was expected");
        }
        return next();
    }

    public Element next() {
        int from = at;
        int tag = read();
        if ((tag & 0x1f) == 0x1f) {
            throw new IllegalArgumentException("long tag");
        }
        int length = read();
        if (length > 0x7f) {
            int count = length & 0x7f;
            if (count == 0 || count > MAX_LENGTH_BYTES) {
                throw new IllegalArgumentException("length");
            }
            length = 0;
            for (int i = 0; i < count; i++) {
                length = length << 8 | read();
            }
        }
        if (length < 0 || length > end - at) {
            throw new IllegalArgumentException("length");
        }
        Element element = new Element(bytes, tag, from, at, at + length);
        at += length;
        return element;
    }

    private int read() {
        if (at >= end) {
            throw new IllegalArgumentException("truncated");
        }
        return bytes[at++] & 0xff;
    }
}
