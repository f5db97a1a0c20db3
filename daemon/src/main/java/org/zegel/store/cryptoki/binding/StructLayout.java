package org.zegel.store.cryptoki.binding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the fields of a C structure are, in bytes from its start. */
final class StructLayout {
    /** What a field is made of. */
    enum Type {
        BYTE,
        ULONG,
        POINTER
    }

    /** A field, or an array of {@code count}. */
    record Field(String name, Type type, int count) {
        static Field bytes(String name, int count) {
            return new Field(name, Type.BYTE, count);
        }

        static Field ulong(String name) {
            return new Field(name, Type.ULONG, 1);
        }

        static Field pointer(String name) {
            return new Field(name, Type.POINTER, 1);
        }
    }

    private final Map<String, Integer> offsets = new LinkedHashMap<>();
    private final int size;

    StructLayout(DataModel model, List<Field> fields) {
        int end = 0;
        int widest = 1;
        for (Field field : fields) {
            int alignment = model.packed() ? 1 : model.size(field.type());
            end = aligned(end, alignment);
            widest = Math.max(widest, alignment);
            offsets.put(field.name(), end);
            end += model.size(field.type()) * field.count();
        }
        size = aligned(end, widest);
    }

    private static int aligned(int offset, int alignment) {
        return (offset + alignment - 1) / alignment * alignment;
    }

    /** @throws IllegalArgumentException when there is no such field */
    int at(String field) {
        Integer offset = offsets.get(field);
        if (offset == null) {
            throw new IllegalArgumentException("no field " + field);
        }
        return offset;
    }

    int size() {
        return size;
    }

    /** In the structure's order. */
    Map<String, Integer> offsets() {
        return Map.copyOf(offsets);
    }
}
