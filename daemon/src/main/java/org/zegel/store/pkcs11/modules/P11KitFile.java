package org.zegel.store.pkcs11.modules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** One of p11-kit's configuration files, as pkcs11.conf(5) describes them: a name, a colon and a value on each line. */
final class P11KitFile {
    /** Longest file that is read, in bytes; a longer one is left out. */
    static final int MAX_LENGTH = 64 * 1024;

    private P11KitFile() {}

    /** What the file says; of a name that comes twice the last. Nothing where there is no such file, or none that can be read. */
    static Map<String, String> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_LENGTH + 1);
            return bytes.length > MAX_LENGTH ? Map.of() : parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            return Map.of();
        }
    }

    static Map<String, String> parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        text.lines().map(String::strip).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.startsWith("#")) {
                values.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        });
        return values;
    }
}
