package org.zegel.app.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/** The user this process runs as, to tell its files from other users'. For systems with POSIX owners. */
public final class OwnUser {
    private static volatile @Nullable UserPrincipal known;

    private OwnUser() {}

    /** Whether the file itself, and not what it may link to, is this user's. */
    public static boolean owns(Path file) throws IOException {
        return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(principal());
    }

    /** This user, as the file system and sockets name it. */
    public static UserPrincipal principal() throws IOException {
        UserPrincipal found = known;
        if (found == null) {
            // A file of our own tells on every system; the owner of /proc/self does not, where core dumps are
            // forbidden.
            Path probe = Files.createTempFile(".zegel-owner", "");
            try {
                found = Files.getOwner(probe);
            } finally {
                Files.delete(probe);
            }
            known = found;
        }
        return found;
    }

    /**
     * Whether this process sees users through a map of their ids, as in a container: there files of the system may be
     * shown as nobody's.
     */
    static boolean isMapped() {
        try {
            String map = Files.readString(Path.of("/proc/self/uid_map"), StandardCharsets.US_ASCII);
            return !map.strip().matches("0\\s+0\\s+4294967295");
        } catch (IOException notLinux) {
            return false;
        }
    }
}
