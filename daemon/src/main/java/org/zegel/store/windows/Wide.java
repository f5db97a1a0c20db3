package org.zegel.store.windows;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;

/** Strings of Windows in memory: UTF-16, its last byte first, ended by a zero. */
final class Wide {
    private static final int UNIT = 2;

    /** Longest string that is read, in UTF-16 units. */
    static final int MAX_UNITS = 1 << 12;

    private Wide() {}

    static Memory of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_16LE);
        Memory memory = new Memory(bytes.length + (long) UNIT);
        memory.write(0, bytes, 0, bytes.length);
        memory.setShort(bytes.length, (short) 0);
        return memory;
    }

    /** What is at the address, up to its zero or the longest that is read. */
    static String read(Pointer at) {
        int units = 0;
        while (units < MAX_UNITS && at.getShort((long) units * UNIT) != 0) {
            units++;
        }
        return new String(at.getByteArray(0, units * UNIT), StandardCharsets.UTF_16LE);
    }
}
