package org.zegel.store.windows;

/** The order of bytes. */
final class Bytes {
    private Bytes() {}

    /** A copy, last byte first: CryptoAPI's numbers, and CNG's raw secrets. */
    static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int at = 0; at < bytes.length; at++) {
            reversed[at] = bytes[bytes.length - 1 - at];
        }
        return reversed;
    }
}
