package org.zegel.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A dump of a JVM's live objects (HPROF 1.0.2): whether bytes are in it, and what holds them there. */
final class HeapDump {
    private static final int TAG_STRING = 0x01;
    private static final int TAG_CLASS = 0x02;
    private static final int TAG_HEAP = 0x0c;
    private static final int TAG_HEAP_SEGMENT = 0x1c;
    private static final int TYPE_OBJECT = 2;
    private static final int[] SIZES = {0, 0, 8, 0, 1, 2, 4, 8, 1, 2, 4, 8};
    private static final int LONGEST_CHAIN = 12;

    private final ByteBuffer bytes;
    private final Map<Long, String> strings = new HashMap<>();
    private final Map<Long, String> classes = new HashMap<>();
    private final Map<Long, List<Field>> fields = new HashMap<>();
    private final Map<Long, Long> parents = new HashMap<>();

    private record Field(String name, int type) {}

    /** Something that refers to an object: who, by what. */
    private record Holder(long id, String how) {}

    private HeapDump(ByteBuffer bytes) {
        this.bytes = bytes;
        walk(new Visitor());
    }

    static HeapDump read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (all.hasRemaining() && channel.read(all) >= 0) {
                continue;
            }
            return new HeapDump(all.flip());
        }
    }

    int size() {
        return bytes.limit();
    }

    /** Where each needle begins, everywhere that it is; one pass for all of them. */
    Map<String, List<Integer>> find(Map<String, byte[]> needles) {
        Map<Integer, List<Map.Entry<String, byte[]>>> starts = new HashMap<>();
        boolean[] candidate = new boolean[1 << 16];
        for (Map.Entry<String, byte[]> needle : needles.entrySet()) {
            int start = start(needle.getValue(), 0);
            candidate[start] = true;
            starts.computeIfAbsent(start, key -> new ArrayList<>()).add(needle);
        }
        Map<String, List<Integer>> found = new LinkedHashMap<>();
        byte[] all = bytes.array();
        for (int at = 0; at + 1 < all.length; at++) {
            if (candidate[start(all, at)]) {
                for (Map.Entry<String, byte[]> needle : starts.getOrDefault(start(all, at), List.of())) {
                    if (isAt(all, at, needle.getValue())) {
                        found.computeIfAbsent(needle.getKey(), key -> new ArrayList<>())
                                .add(at);
                    }
                }
            }
        }
        return found;
    }

    private static int start(byte[] all, int at) {
        return (all[at] & 0xff) << Byte.SIZE | all[at + 1] & 0xff;
    }

    private static boolean isAt(byte[] all, int at, byte[] needle) {
        return at + needle.length <= all.length && Arrays.equals(all, at, at + needle.length, needle, 0, needle.length);
    }

    /** The shortest chain from the array that has this byte to something that is a root, in words. */
    String holder(int offset) {
        Owner owner = new Owner(offset);
        walk(owner);
        StringBuilder chain = new StringBuilder(owner.what);
        Set<Long> seen = new HashSet<>();
        Map<Long, String> level = new HashMap<>(Map.of(owner.id, owner.what));
        for (int step = 0; step < LONGEST_CHAIN && !level.isEmpty(); step++) {
            seen.addAll(level.keySet());
            Referrers referrers = new Referrers(level.keySet());
            walk(referrers);
            Map<Long, String> next = new HashMap<>();
            for (Map.Entry<Long, List<Holder>> entry : referrers.found.entrySet()) {
                String below = level.get(entry.getKey());
                for (Holder holder : entry.getValue()) {
                    String path = below + " <- " + holder.how();
                    if (holder.id() == 0) {
                        return path;
                    }
                    if (!seen.contains(holder.id())) {
                        next.putIfAbsent(holder.id(), path);
                    }
                }
            }
            level = next;
            chain.setLength(0);
            level.values().stream()
                    .limit(3)
                    .forEach(path -> chain.append("\n      ").append(path));
        }
        return chain.toString();
    }

    /** What is done with each object. */
    private class Visitor {
        void instance(long id, long type, int at, int length) {}

        void objects(long id, int at, int count) {}

        void primitives(long id, int type, int at, int count) {}

        void root(long id, String kind) {}

        void statics(long type, String name, long id) {}
    }

    private final class Owner extends Visitor {
        private final int offset;
        private long id;
        private String what = "no array";

        Owner(int offset) {
            this.offset = offset;
        }

        @Override
        void primitives(long array, int type, int at, int count) {
            if (offset >= at && offset < at + count * SIZES[type]) {
                id = array;
                what = (type == 5 ? "char" : type == 8 ? "byte" : "type " + type) + "[" + count + "]";
            }
        }
    }

    private final class Referrers extends Visitor {
        private final Set<Long> wanted;
        private final Map<Long, List<Holder>> found = new HashMap<>();

        Referrers(Set<Long> wanted) {
            this.wanted = wanted;
        }

        private void check(long target, long holder, String how) {
            if (wanted.contains(target)) {
                found.computeIfAbsent(target, key -> new ArrayList<>()).add(new Holder(holder, how));
            }
        }

        @Override
        void instance(long id, long type, int at, int length) {
            int position = at;
            for (long each = type; each != 0; each = parents.getOrDefault(each, 0L)) {
                for (Field field : fields.getOrDefault(each, List.of())) {
                    if (field.type() == TYPE_OBJECT) {
                        check(bytes.getLong(position), id, name(type) + "." + field.name());
                    }
                    position += SIZES[field.type()];
                }
            }
        }

        @Override
        void objects(long id, int at, int count) {
            for (int i = 0; i < count; i++) {
                check(bytes.getLong(at + 8 * i), id, "[" + i + "]");
            }
        }

        @Override
        void root(long id, String kind) {
            check(id, 0, kind);
        }

        @Override
        void statics(long type, String name, long id) {
            check(id, 0, "static " + name(type) + "." + name);
        }
    }

    private String name(long type) {
        return classes.getOrDefault(type, "?").replace('/', '.');
    }

    private void walk(Visitor visitor) {
        ByteBuffer in = bytes.duplicate();
        while (in.get() != 0) {
            continue;
        }
        in.position(in.position() + 12);
        while (in.hasRemaining()) {
            int tag = in.get();
            in.getInt();
            int length = in.getInt();
            int end = in.position() + length;
            if (tag == TAG_STRING) {
                long id = in.getLong();
                strings.computeIfAbsent(id, key -> text(in, length - 8));
            } else if (tag == TAG_CLASS) {
                in.getInt();
                long id = in.getLong();
                in.getInt();
                classes.put(id, strings.getOrDefault(in.getLong(), "?"));
            } else if (tag == TAG_HEAP || tag == TAG_HEAP_SEGMENT) {
                while (in.position() < end) {
                    record(in, visitor);
                }
            }
            in.position(end);
        }
    }

    private static String text(ByteBuffer in, int length) {
        byte[] text = new byte[length];
        in.duplicate().get(text);
        return new String(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    private void record(ByteBuffer in, Visitor visitor) {
        int kind = in.get() & 0xff;
        long id = in.getLong();
        switch (kind) {
            case 0xff, 0x05, 0x07 -> root(visitor, id, kind, in, 0);
            case 0x01 -> root(visitor, id, kind, in, 8);
            case 0x02, 0x03, 0x08 -> root(visitor, id, kind, in, 8);
            case 0x04, 0x06 -> root(visitor, id, kind, in, 4);
            case 0x20 -> describe(in, id, visitor);
            case 0x21 -> {
                in.getInt();
                long type = in.getLong();
                int length = in.getInt();
                visitor.instance(id, type, in.position(), length);
                in.position(in.position() + length);
            }
            case 0x22 -> {
                in.getInt();
                int count = in.getInt();
                in.getLong();
                visitor.objects(id, in.position(), count);
                in.position(in.position() + 8 * count);
            }
            case 0x23 -> {
                in.getInt();
                int count = in.getInt();
                int type = in.get();
                visitor.primitives(id, type, in.position(), count);
                in.position(in.position() + SIZES[type] * count);
            }
            default -> throw new IllegalStateException("record " + kind);
        }
    }

    private static void root(Visitor visitor, long id, int kind, ByteBuffer in, int more) {
        in.position(in.position() + more);
        visitor.root(id, "root " + Integer.toHexString(kind));
    }

    private void describe(ByteBuffer in, long type, Visitor visitor) {
        in.getInt();
        parents.put(type, in.getLong());
        in.position(in.position() + 5 * 8 + 4);
        for (int left = in.getShort(); left > 0; left--) {
            in.getShort();
            int kind = in.get();
            in.position(in.position() + SIZES[kind]);
        }
        for (int left = in.getShort(); left > 0; left--) {
            String name = strings.getOrDefault(in.getLong(), "?");
            int kind = in.get();
            if (kind == TYPE_OBJECT) {
                visitor.statics(type, name, in.getLong());
            } else {
                in.position(in.position() + SIZES[kind]);
            }
        }
        List<Field> own = new ArrayList<>();
        for (int left = in.getShort(); left > 0; left--) {
            own.add(new Field(strings.getOrDefault(in.getLong(), "?"), in.get()));
        }
        fields.put(type, own);
    }
}
