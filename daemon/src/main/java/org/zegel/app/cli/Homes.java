package org.zegel.app.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where Zegel keeps its things on this machine. */
final class Homes {
    private static final String VARIABLE = "ZEGEL_HOME";

    private Homes() {}

    /** Whether the person chose another place than the usual one. */
    static boolean isMoved() {
        String moved = System.getenv(VARIABLE);
        return moved != null && !moved.isEmpty();
    }

    static Path path() {
        String moved = System.getenv(VARIABLE);
        return isMoved() && moved != null
                ? Path.of(moved).toAbsolutePath()
                : Path.of(System.getProperty("user.home"), ".local", "share", "zegel");
    }

    /** Makes it, for its owner alone, where it is missing. */
    static void create() throws IOException {
        Path home = path();
        if (Files.isDirectory(home)) {
            return;
        }
        Files.createDirectories(home.toAbsolutePath().getParent());
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(
                    home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(home);
        }
    }
}
