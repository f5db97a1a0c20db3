package org.zegel.model;

import java.util.Arrays;

/** Reads DER elements one after the other: definite lengths and one-byte tags only, all that names need. */
final class DerReader {
    private final byte[] bytes;
    private int position;

    DerReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A tag and its contents. */
    record Element(int tag, byte[] value) {}

    boolean hasNext() {
        return position < bytes.length;
    }

    /** @throws IllegalArgumentException when no whole element follows */
    Element next() {
        int tag = octet();
        int length = octet();
        if ((tag & 0x1f) == 0x1f || length == 0x80 || length > 0x83) {
            throw new IllegalArgumentException("not the DER of names");
        }
        if (length > 0x80) {
            int octets = length & 0x7f;
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = length << 8 | octet();
            }
        }
        if (length > bytes.length - position) {
            throw new IllegalArgumentException("truncated");
        }
        byte[] value = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return new Element(tag, value);
    }

    private int octet() {
        if (position >= bytes.length) {
            throw new IllegalArgumentException("truncated");
        }
        return bytes[position++] & 0xff;
    }
}
