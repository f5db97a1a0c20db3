package org.zegel.store.cryptoki.binding;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * Sizes of C's types, and whether structures are packed to one byte, as PKCS#11 has it on Windows.
 *
 * @param ulong of CK_ULONG, which is an unsigned long
 */
record DataModel(int ulong, int pointer, boolean packed) {
    static final DataModel LP64 = new DataModel(8, 8, false);
    static final DataModel WINDOWS_64 = new DataModel(4, 8, true);

    /** This system's. */
    static DataModel current() {
        return new DataModel(Native.LONG_SIZE, Native.POINTER_SIZE, Platform.isWindows());
    }

    int size(StructLayout.Type type) {
        return switch (type) {
            case BYTE -> 1;
            case ULONG -> ulong;
            case POINTER -> pointer;
        };
    }

    /** CK_UNAVAILABLE_INFORMATION, (CK_ULONG) -1. */
    long unavailable() {
        return ulong == Long.BYTES ? -1L : 0xFFFFFFFFL;
    }
}
