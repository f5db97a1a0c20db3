package org.zegel.app.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a folder is this person's alone: nobody else may write in it, nor put another one in its place. */
public final class PrivateFolders {
    private static final int STICKY = 01000;
    private static final int OVERFLOW_USER = 65534;

    private PrivateFolders() {}

    /** Whether this system has POSIX owners and modes; elsewhere nothing here is asked. */
    public static boolean canTell(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /** What is wrong with a folder that must be no link, ours, and writable by us alone; null when nothing is. */
    public static @Nullable String faultOf(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return "is not a folder, or only a link to one";
        }
        if (!OwnUser.owns(folder)) {
            return "belongs to another user";
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
        return mode.contains(PosixFilePermission.GROUP_WRITE) || mode.contains(PosixFilePermission.OTHERS_WRITE)
                ? "can be written by other users"
                : null;
    }

    /**
     * The first folder or link on the way to this path in which another user could put something else in its place; null
     * when there is none. A folder with the sticky bit, like {@code /tmp}, keeps others' hands off.
     */
    public static @Nullable Path openToOthers(Path path) throws IOException {
        Path given = openOnTheWay(path);
        return given != null ? given : openOnTheWay(path.toRealPath());
    }

    private static @Nullable Path openOnTheWay(Path path) throws IOException {
        for (Path at = path; at != null; at = at.getParent()) {
            if (isOpen(at, at.equals(path))) {
                return at;
            }
        }
        return null;
    }

    private static boolean isOpen(Path at, boolean last) throws IOException {
        PosixFileAttributes facts = Files.readAttributes(at, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!isTrustedOwner(at)) {
            return true;
        }
        if (facts.isSymbolicLink() || last) {
            return false;
        }
        int mode = (Integer) Files.getAttribute(at, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & STICKY) != 0) {
            return false;
        }
        // A group of the same name holds nobody else; what root's groups may do is the administrator's affair.
        boolean othersGroup = facts.permissions().contains(PosixFilePermission.GROUP_WRITE)
                && !facts.group().getName().equals(facts.owner().getName())
                && OwnUser.owns(at);
        return othersGroup || facts.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static boolean isTrustedOwner(Path at) throws IOException {
        int owner = (Integer) Files.getAttribute(at, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        return owner == 0 || OwnUser.owns(at) || (owner == OVERFLOW_USER && OwnUser.isMapped());
    }
}
