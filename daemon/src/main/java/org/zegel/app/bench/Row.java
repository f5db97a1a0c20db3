package org.zegel.app.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zegel.model.KebabCase;
import org.zegel.trust.throwaway.ThrowawayAuthority.Kind;

/** What one figure is of. {@code size} is in bytes; {@code cipher} is null where there is none. */
record Row(
        Operation operation, long size, Kind key, @Nullable String cipher, Door door) {
    private static final long KILO = 1_000;

    /** For a program. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("operation", KebabCase.of(operation));
        json.put("bytes", size);
        json.put("key", KebabCase.of(key));
        json.put("door", KebabCase.of(door));
        if (cipher != null) {
            json.put("cipher", cipher);
        }
        return json;
    }

    /** For a person, in columns. */
    String words() {
        return String.format(
                Locale.ROOT,
                "%-8s %7s %-9s %-10s %-16s",
                KebabCase.of(operation),
                size(size),
                KebabCase.of(key),
                cipher == null ? "-" : cipher,
                KebabCase.of(door));
    }

    /** The heads of those columns. */
    static String heads() {
        return String.format(Locale.ROOT, "%-8s %7s %-9s %-10s %-16s", "what", "size", "key", "cipher", "way in");
    }

    /** Bytes in words: 10k, 1m, 2g; factors of 1,000. */
    static String size(long bytes) {
        if (bytes % (KILO * KILO * KILO) == 0) {
            return bytes / (KILO * KILO * KILO) + "g";
        }
        if (bytes % (KILO * KILO) == 0) {
            return bytes / (KILO * KILO) + "m";
        }
        return bytes % KILO == 0 ? bytes / KILO + "k" : Long.toString(bytes);
    }
}
