package org.zegel.store.nss;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where NSS's own module is: the system's, else what a Mozilla program brings. */
public final class NssLibrary {
    private static final List<String> LINUX = List.of(
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib/x86_64-linux-gnu/nss",
            "/usr/lib/aarch64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu/nss",
            "/usr/lib64",
            "/usr/lib",
            "/usr/lib/thunderbird",
            "/usr/lib/firefox",
            "/usr/lib/firefox-esr",
            "/usr/lib64/thunderbird",
            "/usr/lib64/firefox",
            "/opt/thunderbird",
            "/opt/firefox",
            "/snap/thunderbird/current/usr/lib/thunderbird",
            "/snap/firefox/current/usr/lib/firefox");
    private static final List<String> MACOS =
            List.of("/Applications/Thunderbird.app/Contents/MacOS", "/Applications/Firefox.app/Contents/MacOS");
    private static final List<String> WINDOWS =
            List.of("C:/Program Files/Mozilla Thunderbird", "C:/Program Files/Mozilla Firefox");

    private NssLibrary() {}

    /** Only places that an ordinary program cannot write to. */
    public static Optional<Path> linux() {
        return first(LINUX, "libsoftokn3.so");
    }

    public static Optional<Path> macos() {
        return first(MACOS, "libsoftokn3.dylib");
    }

    public static Optional<Path> windows() {
        return first(WINDOWS, "softokn3.dll");
    }

    private static Optional<Path> first(List<String> folders, String name) {
        return folders.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
