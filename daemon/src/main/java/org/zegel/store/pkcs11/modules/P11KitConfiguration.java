package org.zegel.store.pkcs11.modules;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The modules of p11-kit's configuration, read as p11-kit does, so that what an administrator set up for other programs
 * counts for Zegel, and what was taken away from it is away: by {@code disable-in: zegel}, or by an empty {@code module:} in
 * a file of the same name.
 */
final class P11KitConfiguration {
    /** The name of this program in {@code enable-in} and {@code disable-in}. */
    static final String PROGRAM = "zegel";

    /** Most files of one folder; the rest is left out. */
    static final int MAX_FILES = 200;

    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_,.-]*\\.module");
    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

    /** Modules that only hand on others' tokens, or hold no keys: reading the configuration makes them superfluous. */
    private static final Set<String> SUPERFLUOUS = Set.of(
            "p11-kit-proxy", "p11-kit-trust", "p11-kit-client", "libp11-kit", "libnssckbi", "nssckbi", "pkcs11-spy");

    private static final List<String> PREFIXES_OF_LINUX = List.of("/", "/usr/local/");
    private static final List<String> PREFIXES_OF_MACOS = List.of("/opt/homebrew/", "/usr/local/");

    /**
     * A module that is to be loaded.
     *
     * @param file absolute; maybe there is none
     * @param remote it asks for a program to be run instead
     */
    record Entry(String name, Path file, @Nullable String initArguments, boolean remote) {}

    private final Platform platform;

    P11KitConfiguration(Platform platform) {
        this.platform = platform;
    }

    /** In p11-kit's order: by priority, then by name. */
    List<Entry> modules() {
        Map<String, Map<String, String>> files = new TreeMap<>();
        UserMode mode = userMode();
        Path own = own("modules");
        if (own != null && mode != UserMode.NONE) {
            addFolder(own, files);
        }
        if (mode != UserMode.ONLY) {
            folders("etc/pkcs11/modules").forEach(folder -> addFolder(folder, files));
            folders("usr/share/p11-kit/modules", "share/p11-kit/modules").forEach(folder -> addFolder(folder, files));
        }
        List<Map.Entry<String, Map<String, String>>> sorted = new ArrayList<>(files.entrySet());
        sorted.sort(Comparator.comparing(entry -> -priority(entry.getValue())));
        return sorted.stream()
                .filter(entry -> isForUs(entry.getValue()))
                .flatMap(entry -> entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Whether a library of this name brings nothing that is not found without it. */
    static boolean isSuperfluous(Path library) {
        String name = String.valueOf(library.getFileName());
        int dot = name.indexOf('.');
        return SUPERFLUOUS.contains(dot < 0 ? name : name.substring(0, dot));
    }

    private enum UserMode {
        NONE,
        MERGE,
        ONLY
    }

    /** The system's word counts first; where it lets the person's own be read, that may say "only". */
    private UserMode userMode() {
        if (platform.home() == null || platform.superuser()) {
            return UserMode.NONE;
        }
        UserMode mode = UserMode.MERGE;
        for (Path file : folders("etc/pkcs11/pkcs11.conf")) {
            mode = mode(P11KitFile.read(file), mode);
        }
        Path own = own("pkcs11.conf");
        return mode == UserMode.NONE || own == null ? mode : mode(P11KitFile.read(own), mode);
    }

    private static UserMode mode(Map<String, String> values, UserMode otherwise) {
        return switch (values.getOrDefault("user-config", "")) {
            case "none" -> UserMode.NONE;
            case "only" -> UserMode.ONLY;
            case "merge", "override" -> UserMode.MERGE;
            default -> otherwise;
        };
    }

    private @Nullable Path own(String name) {
        Path home = platform.home();
        if (home == null) {
            return null;
        }
        String configured = platform.environment().getOrDefault("XDG_CONFIG_HOME", "");
        Path config = configured.startsWith("/") ? Path.of(configured) : home.resolve(".config");
        return config.resolve("pkcs11").resolve(name);
    }

    /** Below each of the prefixes that p11-kit is installed under on this system. */
    private List<Path> folders(String... below) {
        List<String> prefixes = switch (platform.system()) {
            case LINUX, OTHER -> PREFIXES_OF_LINUX;
            case MACOS -> PREFIXES_OF_MACOS;
            case WINDOWS -> List.of();
        };
        return prefixes.stream()
                .flatMap(prefix -> Arrays.stream(below).map(each -> prefix.substring(1) + each))
                .map(platform.top()::resolve)
                .toList();
    }

    /** What is there already counts more, name by name. */
    private static void addFolder(Path folder, Map<String, Map<String, String>> files) {
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(
                folder, file -> FILE.matcher(String.valueOf(file.getFileName())).matches())) {
            int count = 0;
            for (Path file : listed) {
                if (++count > MAX_FILES) {
                    return;
                }
                Map<String, String> merged = new LinkedHashMap<>(P11KitFile.read(file));
                String name = String.valueOf(file.getFileName());
                merged.putAll(files.getOrDefault(name, Map.of()));
                files.put(name, merged);
            }
        } catch (IOException none) {
            // p11-kit is not installed, or nobody configured it there.
            return;
        }
    }

    private static boolean isForUs(Map<String, String> values) {
        String enabled = values.getOrDefault("enable-in", "");
        String disabled = values.getOrDefault("disable-in", "");
        if (!enabled.isEmpty()) {
            return words(enabled).anyMatch(PROGRAM::equals);
        }
        return words(disabled).noneMatch(PROGRAM::equals);
    }

    private static Stream<String> words(String list) {
        return SEPARATOR.splitAsStream(list);
    }

    private static int priority(Map<String, String> values) {
        try {
            return Integer.parseInt(values.getOrDefault("priority", "0"));
        } catch (NumberFormatException odd) {
            return 0;
        }
    }

    private Stream<Entry> entry(String file, Map<String, String> values) {
        String name = file.substring(0, file.length() - ".module".length());
        boolean remote = !values.getOrDefault("remote", "").isEmpty();
        String library = values.getOrDefault("module", "");
        if (library.isEmpty() && !remote) {
            return Stream.empty();
        }
        String arguments = values.getOrDefault("x-init-reserved", "");
        try {
            Path path = remote ? Path.of(name) : locate(library);
            return isSuperfluous(path) && !remote
                    ? Stream.empty()
                    : Stream.of(new Entry(name, path, arguments.isEmpty() ? null : arguments, remote));
        } catch (InvalidPathException unusable) {
            return Stream.empty();
        }
    }

    /** A relative name is below p11-kit's folder of modules, which depends on how it was built. */
    private Path locate(String library) {
        if (library.startsWith("/")) {
            return platform.top().resolve(library.substring(1));
        }
        List<Path> places = folders(
                        "usr/lib/" + platform.multiarch() + "/pkcs11",
                        "usr/lib64/pkcs11",
                        "usr/lib/pkcs11",
                        "lib/" + platform.multiarch() + "/pkcs11",
                        "lib64/pkcs11",
                        "lib/pkcs11")
                .stream()
                .map(folder -> folder.resolve(library))
                .toList();
        return places.stream()
                .filter(Files::exists)
                .findFirst()
                .orElse(places.isEmpty() ? Path.of(library) : places.getFirst());
    }
}
