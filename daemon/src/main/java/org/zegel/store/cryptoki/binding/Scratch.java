package org.zegel.store.cryptoki.binding;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Native memory for the arguments of a few calls, in C's representation; zeroed when it is reset or closed. One thread at a
 * time.
 */
final class Scratch implements AutoCloseable {
    /** Fits the arguments and the result of nearly all calls. */
    private static final int SIZE = 8 * 1024;

    private static final int ALIGNMENT = 16;

    private final DataModel model;
    private final Memory block = new Memory(SIZE);
    private final List<Memory> larger = new ArrayList<>();
    private long used;

    Scratch(DataModel model) {
        this.model = model;
    }

    /** This many zero bytes. */
    Pointer zeros(long size) {
        Pointer place = take(size);
        if (size > 0) {
            place.clear(size);
        }
        return place;
    }

    private Pointer take(long size) {
        if (size > SIZE - used) {
            Memory own = new Memory(size);
            larger.add(own);
            return own;
        }
        Pointer place = block.share(used);
        used = Math.min(SIZE, (used + size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        return place;
    }

    /** Null for no bytes, as modules expect. */
    @Nullable
    Pointer bytes(byte[] value) {
        if (value.length == 0) {
            return null;
        }
        Pointer place = take(value.length);
        place.write(0, value, 0, value.length);
        return place;
    }

    /** A CK_ULONG that a call reads and writes. */
    Pointer ulong(long value) {
        Pointer place = take(model.ulong());
        put(place, 0, value);
        return place;
    }

    void put(Pointer place, long offset, long value) {
        if (model.ulong() == Long.BYTES) {
            place.setLong(offset, value);
        } else {
            place.setInt(offset, (int) value);
        }
    }

    long get(Pointer place, long offset) {
        return model.ulong() == Long.BYTES ? place.getLong(offset) : Integer.toUnsignedLong(place.getInt(offset));
    }

    DataModel model() {
        return model;
    }

    /** Zeroes what was used and begins anew. */
    void reset() {
        if (used > 0) {
            block.clear(used);
        }
        used = 0;
        for (Memory own : larger) {
            own.clear();
            own.close();
        }
        larger.clear();
    }

    @Override
    public void close() {
        reset();
        block.close();
    }
}
