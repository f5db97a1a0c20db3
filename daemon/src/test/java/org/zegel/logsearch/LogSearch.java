package org.zegel.logsearch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Looks for many short patterns at once in a stream of any length. */
final class LogSearch {
    private static final int BLOCK = 1 << 20;
    private static final int CONTEXT = 120;
    private static final long BASE = 0x9E3779B97F4A7C15L | 1;

    /** Patterns of one length, by their hash. */
    private static final class Group {
        private final int length;
        private final long leave;
        private final Map<Long, byte[]> patterns = new HashMap<>();
        private long[] hashes = {};

        Group(int length) {
            this.length = length;
            long power = 1;
            for (int i = 1; i < length; i++) {
                power *= BASE;
            }
            this.leave = power;
        }
    }

    private final Map<Integer, Group> groups = new TreeMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private final Map<String, String> found = new TreeMap<>();
    private long bytes;

    void add(byte[] pattern, String what) {
        if (pattern.length < 8) {
            return;
        }
        Group group = groups.computeIfAbsent(pattern.length, Group::new);
        long hash = hash(pattern, 0, pattern.length);
        group.patterns.put(hash, pattern);
        names.put(hash, what);
    }

    private static long hash(byte[] bytes, int at, int length) {
        long hash = 0;
        for (int i = at; i < at + length; i++) {
            hash = hash * BASE + (bytes[i] & 0xff);
        }
        return hash;
    }

    /** Searches it all; a stream that was cut off is searched as far as it goes. */
    void search(InputStream in) throws IOException {
        for (Group group : groups.values()) {
            group.hashes = group.patterns.keySet().stream()
                    .mapToLong(Long::longValue)
                    .sorted()
                    .toArray();
        }
        byte[] window = new byte[BLOCK + SecretPatterns.LONGEST];
        int kept = 0;
        while (true) {
            int read = read(in, window, kept);
            if (read <= 0) {
                return;
            }
            bytes += read;
            search(window, kept + read);
            int keep = Math.min(SecretPatterns.LONGEST - 1, kept + read);
            System.arraycopy(window, kept + read - keep, window, 0, keep);
            kept = keep;
        }
    }

    private static int read(InputStream in, byte[] window, int from) throws IOException {
        try {
            return in.readNBytes(window, from, BLOCK);
        } catch (EOFException cutOff) {
            return -1;
        }
    }

    private void search(byte[] window, int length) {
        for (Group group : groups.values()) {
            if (length < group.length) {
                continue;
            }
            long hash = hash(window, 0, group.length);
            Filter filter = new Filter(group.hashes);
            for (int at = 0; ; at++) {
                if (filter.mayHave(hash)) {
                    check(group, hash, window, at, length);
                }
                if (at + group.length >= length) {
                    break;
                }
                hash = (hash - (window[at] & 0xff) * group.leave) * BASE + (window[at + group.length] & 0xff);
            }
        }
    }

    /** A bitmap before the look-up, because nearly nothing is a hit. */
    private static final class Filter {
        private static final int BITS = 20;

        private final long[] map = new long[1 << (BITS - 6)];

        Filter(long[] hashes) {
            for (long hash : hashes) {
                int slot = slot(hash);
                map[slot >> 6] |= 1L << slot;
            }
        }

        private static int slot(long hash) {
            return (int) (hash >>> (64 - BITS));
        }

        boolean mayHave(long hash) {
            int slot = slot(hash);
            return (map[slot >> 6] & 1L << slot) != 0;
        }
    }

    private void check(Group group, long hash, byte[] window, int at, int length) {
        byte[] pattern = group.patterns.get(hash);
        if (pattern != null && Arrays.equals(pattern, 0, pattern.length, window, at, at + pattern.length)) {
            int from = Math.max(0, at - CONTEXT);
            String where = new String(
                    window, from, Math.min(length, at + CONTEXT) - from, java.nio.charset.StandardCharsets.ISO_8859_1);
            found.putIfAbsent(names.get(hash), where);
        }
    }

    /** What was found, with where it stands. */
    Map<String, String> found() {
        return found;
    }

    long bytes() {
        return bytes;
    }
}
