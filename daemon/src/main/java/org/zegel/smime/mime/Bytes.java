package org.zegel.smime.mime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches in arrays, eight bytes at a time. */
final class Bytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long LINE_FEEDS = '\n' * LOW;
    private static final long RETURNS = '\r' * LOW;

    private Bytes() {}

    /** Index of the first line feed in [from, to), or -1. */
    static int lineFeed(byte[] array, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long difference = (long) LONGS.get(array, at) ^ LINE_FEEDS;
            long zero = (difference - LOW) & ~difference & HIGH;
            if (zero != 0) {
                return at + (Long.numberOfTrailingZeros(zero) >>> 3);
            }
        }
        for (; at < to; at++) {
            if (array[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    /** Whether any byte of [from, to) has its high bit set. */
    static boolean hasHighBit(byte[] array, int from, int to) {
        int at = from;
        long seen = 0;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            seen |= (long) LONGS.get(array, at);
        }
        for (; at < to; at++) {
            seen |= array[at] & 0x80;
        }
        return (seen & HIGH) != 0;
    }

    /** Whether any byte of [from, to) is zero. */
    static boolean hasNul(byte[] array, int from, int to) {
        int at = from;
        long zero = 0;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long word = (long) LONGS.get(array, at);
            zero |= (word - LOW) & ~word;
        }
        boolean found = (zero & HIGH) != 0;
        for (; at < to; at++) {
            found |= array[at] == 0;
        }
        return found;
    }

    /** How many carriage returns are in [from, to). */
    static int returns(byte[] array, int from, int to) {
        int at = from;
        int count = 0;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long difference = (long) LONGS.get(array, at) ^ RETURNS;
            // The high bit of each byte that is zero, and of no other: no carry leaves a byte of seven bits.
            long zero = ~((difference & ~HIGH) + ~HIGH | difference | ~HIGH);
            count += Long.bitCount(zero);
        }
        for (; at < to; at++) {
            count += array[at] == '\r' ? 1 : 0;
        }
        return count;
    }
}
