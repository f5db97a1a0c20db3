package org.zegel.app.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import org.zegel.app.system.PrivateFolders;
import org.zegel.model.Sha256;

/**
 * Where the running daemon of one home is found: a private directory with a short path, because a socket's path has at
 * most some hundred bytes. It follows from the home alone, so that a browser and a terminal with different environments
 * find the same daemon.
 */
public final class RuntimeFiles {
    /** Longest path of a socket that every system takes (104 bytes with the final zero on macOS). */
    public static final int MAX_SOCKET_PATH = 100;

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private final Path directory;

    private RuntimeFiles(Path directory) {
        this.directory = directory;
    }

    /** The files of this home's daemon; the directory is made with {@link #create}. */
    public static RuntimeFiles of(Path home) {
        Path inHome = home.toAbsolutePath().normalize().resolve("run");
        if (fits(inHome)) {
            return new RuntimeFiles(inHome);
        }
        String name = "zegel-" + hash(inHome.toString());
        return new RuntimeFiles(Path.of(System.getProperty("java.io.tmpdir")).resolve(name));
    }

    /** Makes the directory where it is missing, and refuses one that is not this person's alone. */
    public void create() throws IOException {
        boolean posix = PrivateFolders.canTell(directory);
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            makeParents(posix);
            make(posix);
        }
        check(directory);
        if (posix) {
            Files.setPosixFilePermissions(directory, PRIVATE);
        }
    }

    /** The home may be made here, before anything else of it. */
    private void makeParents(boolean posix) throws IOException {
        Path parent = directory.getParent();
        if (parent != null && posix) {
            Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(PRIVATE));
        } else if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    private void make(boolean posix) throws IOException {
        try {
            if (posix) {
                Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
            } else {
                Files.createDirectory(directory);
            }
        } catch (FileAlreadyExistsException another) {
            // Another starter was faster, or somebody who means harm: the check tells.
        }
    }

    /**
     * Refuses a runtime directory that another user could have made or may write to: whoever connects to a socket there
     * would show a token to it.
     */
    static void check(Path directory) throws IOException {
        String fault = PrivateFolders.canTell(directory) ? PrivateFolders.faultOf(directory) : null;
        if (fault != null) {
            throw new IOException("The runtime directory " + directory + " " + fault
                    + ". Remove it, or choose another home with ZEGEL_HOME.");
        }
    }

    public Path directory() {
        return directory;
    }

    public Path socket() {
        return directory.resolve("socket");
    }

    public Path lock() {
        return directory.resolve("lock");
    }

    /** Holds the port of the HTTP door, in decimal. */
    public Path httpPort() {
        return directory.resolve("http-port");
    }

    Path httpPortDraft() {
        return directory.resolve("http-port.draft");
    }

    /** What a daemon said on its standard streams while it started. */
    public Path startLog() {
        return directory.resolve("start.log");
    }

    private static boolean fits(Path directory) {
        return directory.resolve("socket").toString().getBytes(StandardCharsets.UTF_8).length <= MAX_SOCKET_PATH;
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(Sha256.of(text), 0, 8);
    }
}
