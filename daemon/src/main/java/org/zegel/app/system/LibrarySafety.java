package org.zegel.app.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a library that this person's process would load can be changed by other people: it and all folders on its way
 * have to be the system's or the person's, and writable by nobody else. On systems without POSIX modes nothing is asked.
 */
public final class LibrarySafety {
    private LibrarySafety() {}

    /** What is wrong with the library, to follow "the module"; null when nothing is. */
    public static @Nullable String fault(Path library) throws IOException {
        if (!PrivateFolders.canTell(library)) {
            return null;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(library, LinkOption.NOFOLLOW_LINKS);
        if (mode.contains(PosixFilePermission.OTHERS_WRITE) || mode.contains(PosixFilePermission.GROUP_WRITE)) {
            return "can be written by other people";
        }
        Path open = PrivateFolders.openToOthers(library);
        if (open == null) {
            return null;
        }
        return open.equals(library) ? "belongs to another person" : "lies in a folder that other people can write";
    }
}
