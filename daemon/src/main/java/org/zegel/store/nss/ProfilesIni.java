package org.zegel.store.nss;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mozilla's lists of profiles. What cannot be understood is passed over, line by line; nothing here fails. */
final class ProfilesIni {
    /** Longer files are cut off here, in bytes. */
    static final int LONGEST = 256 * 1024;

    private ProfilesIni() {}

    /** Folders and names of the profiles that {@code profiles.ini} and {@code installs.ini} of this folder list. */
    static Map<Path, String> read(Path folder) {
        Map<Path, String> profiles = new LinkedHashMap<>();
        sections(text(folder.resolve("profiles.ini"))).forEach((section, entries) -> {
            if (section.startsWith("profile")) {
                boolean relative = !"0".equals(entries.get("isrelative"));
                path(folder, entries.get("path"), relative)
                        .ifPresent(path -> profiles.putIfAbsent(path, entries.getOrDefault("name", "")));
            } else if (section.startsWith("install")) {
                path(folder, entries.get("default"), true).ifPresent(path -> profiles.putIfAbsent(path, nameOf(path)));
            }
        });
        for (Map<String, String> entries :
                sections(text(folder.resolve("installs.ini"))).values()) {
            path(folder, entries.get("default"), true).ifPresent(path -> profiles.putIfAbsent(path, nameOf(path)));
        }
        return profiles;
    }

    private static Map<String, Map<String, String>> sections(List<String> lines) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        Map<String, String> current = new HashMap<>();
        for (String each : lines) {
            String line = each.strip();
            int equals = line.indexOf('=');
            if (line.startsWith("[") && line.endsWith("]")) {
                String name = line.substring(1, line.length() - 1).toLowerCase(Locale.ROOT);
                current = sections.computeIfAbsent(name, any -> new HashMap<>());
            } else if (equals > 0 && !line.startsWith(";") && !line.startsWith("#")) {
                current.putIfAbsent(
                        line.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        line.substring(equals + 1).strip());
            }
        }
        return sections;
    }

    private static Optional<Path> path(Path folder, @Nullable String text, boolean relative) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path path = Path.of(text);
            // An absolute path stays one, whatever IsRelative says.
            return relative || path.isAbsolute()
                    ? Optional.of(folder.resolve(path).normalize())
                    : Optional.empty();
        } catch (InvalidPathException unusable) {
            return Optional.empty();
        }
    }

    private static String nameOf(Path folder) {
        Path name = folder.getFileName();
        return name == null ? "" : name.toString();
    }

    private static List<String> text(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF")
                    ? text.substring(1).lines().toList()
                    : text.lines().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
