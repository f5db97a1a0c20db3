package org.zegel.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.app.system.OperatingSystem;
import org.zegel.app.system.OwnUser;
import org.zegel.app.system.PrivateFolders;
import org.zegel.model.Failure;

/**
 * The one directory that holds everything of a person's Zegel.
 *
 * @param directory absolute
 * @param moved named by {@value #VARIABLE} instead of being the system's usual place
 */
public record Home(Path directory, boolean moved) {
    /** Environment variable that moves everything. */
    public static final String VARIABLE = "ZEGEL_HOME";

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    /** Of this process. */
    public static Home current() {
        return of(System.getenv(), OperatingSystem.current(), Path.of(System.getProperty("user.home")));
    }

    /** By {@value #VARIABLE}, or else the place where the system keeps programs' data. Touches nothing. */
    public static Home of(Map<String, String> environment, OperatingSystem system, Path userHome) {
        Path named = path(environment.get(VARIABLE));
        if (named != null) {
            return new Home(named.toAbsolutePath().normalize(), true);
        }
        Path usual = switch (system) {
            case MACOS -> userHome.resolve("Library/Application Support/Zegel");
            case WINDOWS -> {
                Path local = path(environment.get("LOCALAPPDATA"));
                yield (local == null ? userHome.resolve("AppData/Local") : local).resolve("Zegel");
            }
            case LINUX, OTHER -> userHome.resolve(".local/share/zegel");
        };
        return new Home(usual.toAbsolutePath().normalize(), false);
    }

    /**
     * Makes the directory (mode 0700) where it is missing.
     *
     * @throws Failure {@code STORE_UNAVAILABLE} when it cannot be made, is another user's, or others could write to it
     *     or put another in its place
     */
    public Home create() throws Failure {
        try {
            boolean posix =
                    directory.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (!Files.isDirectory(directory)) {
                if (posix) {
                    Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
                } else {
                    Files.createDirectories(directory);
                }
            }
            if (posix) {
                refuseShared();
            }
            return this;
        } catch (IOException failed) {
            throw new Failure(
                    Failure.Kind.STORE_UNAVAILABLE,
                    "Zegel's home cannot be made or read. Choose another place with " + VARIABLE + ".",
                    failed);
        }
    }

    public Path config() {
        return directory.resolve("config.toml");
    }

    public Path database() {
        return directory.resolve("zegel.db");
    }

    /** Zegel's own key store. */
    public Path keys() {
        return directory.resolve("keys.p12");
    }

    /** Lines that were taken out of the audit log. */
    public Path auditArchive() {
        return directory.resolve("audit");
    }

    public Path spool() {
        return directory.resolve("spool");
    }

    public Path log() {
        return directory.resolve("zegel.log");
    }

    private void refuseShared() throws IOException, Failure {
        Path real = directory.toRealPath();
        if (!OwnUser.owns(real)) {
            throw unsafe(
                    "Zegel's home belongs to another user. Zegel runs as the person whose keys it holds, not as root"
                            + " for somebody else; or choose another place with " + VARIABLE + ".");
        }
        if (PrivateFolders.faultOf(real) != null) {
            throw unsafe("Other users may write to Zegel's home. Take that right away (chmod go-w), or choose another"
                    + " place with " + VARIABLE + ".");
        }
        Path open = PrivateFolders.openToOthers(directory);
        if (open != null) {
            throw unsafe("Other users could put another folder in the place of Zegel's home, for they may write to "
                    + open + ". Take that right away (chmod go-w), or choose another place with " + VARIABLE + ".");
        }
    }

    private static Failure unsafe(String message) {
        return new Failure(Failure.Kind.STORE_UNAVAILABLE, message);
    }

    private static @Nullable Path path(@Nullable String text) {
        return text == null || text.isBlank() ? null : Path.of(text);
    }
}
