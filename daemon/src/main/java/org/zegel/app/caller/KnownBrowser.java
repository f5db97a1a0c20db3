package org.zegel.app.caller;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Programs that start native-messaging hosts, by the names of their executables on Linux, and the folders below the
 * person's home where their profiles usually are. A browser in a Flatpak has the host started by its portal, and cannot
 * be told apart from other programs that ask the portal.
 */
enum KnownBrowser {
    CHROMIUM(Set.of("chromium", "chromium-browser"), List.of(".config/chromium", "snap/chromium/common/chromium")),
    CHROME(
            Set.of("chrome"),
            List.of(
                    ".config/google-chrome",
                    ".config/google-chrome-beta",
                    ".config/google-chrome-unstable",
                    ".config/chromium",
                    "snap/chromium/common/chromium")),
    BRAVE(
            Set.of("brave", "brave-browser"),
            List.of(".config/BraveSoftware/Brave-Browser", "snap/brave/current/.config/BraveSoftware/Brave-Browser")),
    EDGE(
            Set.of("msedge"),
            List.of(".config/microsoft-edge", ".config/microsoft-edge-beta", ".config/microsoft-edge-dev")),
    VIVALDI(Set.of("vivaldi", "vivaldi-bin"), List.of(".config/vivaldi", ".config/vivaldi-snapshot")),
    OPERA(Set.of("opera"), List.of(".config/opera", "snap/opera/common/.config/opera")),
    FIREFOX(
            Set.of("firefox", "firefox-bin", "firefox-esr"),
            List.of(".mozilla/firefox", ".config/mozilla/firefox", "snap/firefox/common/.mozilla/firefox")),
    LIBREWOLF(Set.of("librewolf", "librewolf-bin"), List.of(".librewolf", ".config/librewolf/librewolf")),
    THUNDERBIRD(
            Set.of("thunderbird", "thunderbird-bin", "thunderbird-esr"),
            List.of(".thunderbird", "snap/thunderbird/common/.thunderbird"));

    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Set<String> executables;
    private final List<String> profiles;

    KnownBrowser(Set<String> executables, List<String> profiles) {
        this.executables = executables;
        this.profiles = profiles;
    }

    /**
     * The browser that this program is: by its name, and because nobody but the system's administrator could have put
     * that file there. A browser in the person's own folders is not told apart from a program that took its name.
     */
    static Optional<KnownBrowser> of(RunningProgram program) {
        Path path = program.program();
        if (path.getFileName() == null) {
            return Optional.empty();
        }
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(browser -> browser.executables.contains(name))
                .filter(_ -> isInstalledForAll(program.file(), path))
                .findFirst();
    }

    /** Whether its profiles are of Mozilla's kind; else they are of Chromium's. */
    boolean isMozilla() {
        return switch (this) {
            case CHROMIUM, CHROME, BRAVE, EDGE, VIVALDI, OPERA -> false;
            case FIREFOX, LIBREWOLF, THUNDERBIRD -> true;
        };
    }

    /** Folders of profiles, relative to the person's home. */
    List<String> profiles() {
        return profiles;
    }

    /** {@code file}: what runs; {@code path}: where it was started from. */
    static boolean isInstalledForAll(Path file, Path path) {
        try {
            boolean administrators = isAdministrators(file);
            for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
                administrators = administrators && isAdministrators(folder, LinkOption.NOFOLLOW_LINKS);
            }
            return administrators;
        } catch (IOException | UnsupportedOperationException hidden) {
            return false;
        }
    }

    private static boolean isAdministrators(Path path, LinkOption... options) throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, options);
        return Files.getAttribute(path, "unix:uid", options).equals(0)
                && mode.stream().noneMatch(OTHERS_WRITE::contains);
    }
}
