package org.zegel.smime.ber;

/**
 * Identifier and length octets of one element (X.690 section 8.1).
 *
 * @param tagClass 0 universal, 1 application, 2 context-specific, 3 private
 * @param length of the contents in bytes, {@link #INDEFINITE} for the indefinite form
 * @param encoded the header itself as it was read
 */
public record BerHeader(int tagClass, boolean constructed, int tag, long length, byte[] encoded) {
    public static final long INDEFINITE = -1;

    public static final int OCTET_STRING = 4;
    public static final int INTEGER = 2;
    public static final int OBJECT_IDENTIFIER = 6;
    public static final int SEQUENCE = 16;
    public static final int SET = 17;

    public boolean isUniversal(int expected) {
        return tagClass == 0 && tag == expected;
    }

    public boolean isContext(int expected) {
        return tagClass == 2 && tag == expected;
    }

    public boolean indefinite() {
        return length == INDEFINITE;
    }
}
