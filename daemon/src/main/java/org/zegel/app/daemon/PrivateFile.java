package org.zegel.app.daemon;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files of mode 0600, whatever the process's mask says. */
final class PrivateFile {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    private PrivateFile() {}

    /**
     * Makes the file where it is missing, for its owner alone. What is there and is no file of ours, but a link, a pipe
     * or a folder, is refused: opening it would wait for ever, or change something elsewhere.
     */
    static void prepare(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            if (posix) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PRIVATE));
            } else {
                Files.createFile(file);
            }
        } catch (FileAlreadyExistsException before) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(file + " is no plain file; remove it", before);
            }
            if (posix) {
                Files.setPosixFilePermissions(file, PRIVATE);
            }
        }
    }
}
