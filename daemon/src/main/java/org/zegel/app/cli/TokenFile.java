package org.zegel.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.app.config.Home;
import org.zegel.protocol.RequestError;

/** The command line's token, in a file of the home that its owner alone can read. */
final class TokenFile {
    /** Longest file that is read, in bytes; a token has 43. */
    static final int MAX_LENGTH = 256;

    private static final String NAME = "command-line.token";
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;
    private final Path home;

    private TokenFile(Path home) {
        this.home = home;
        this.file = home.resolve(NAME);
    }

    static TokenFile of(Home home) {
        return new TokenFile(home.directory());
    }

    /** Whether there is one, usable or not. */
    boolean exists() {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * The token; null where there is none, or what is there cannot be one.
     *
     * @throws CommandError others can read it or could have put it there
     */
    @Nullable
    String read() throws CommandError {
        try {
            refuseIfShared();
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                byte[] bytes = in.readNBytes(MAX_LENGTH + 1);
                String token = new String(bytes, StandardCharsets.US_ASCII).strip();
                return bytes.length > MAX_LENGTH || token.isEmpty() ? null : token;
            }
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException unreadable) {
            throw new CommandError(
                    "token-unreadable", "Zegel's token " + file + " cannot be read. Remove it, and pair again.");
        }
    }

    /** Writes it whole, for its owner alone; what was there is gone. */
    void write(String token) throws CommandError, RequestError {
        Output.write(file, true, out -> out.write((token + "\n").getBytes(StandardCharsets.US_ASCII)));
    }

    private void refuseIfShared() throws CommandError, IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return;
        }
        PosixFileAttributes found = view.readAttributes();
        UserPrincipal person = Files.getOwner(home);
        if (!found.isRegularFile() || !found.owner().equals(person) || !OWNER.containsAll(found.permissions())) {
            throw new CommandError(
                    "token-shared",
                    "Others can read Zegel's token " + file + ", or put it there, so it may be known to them. Remove"
                            + " the file and try again; then find the old pairing with zegel client list and end it"
                            + " with zegel client revoke.");
        }
    }
}
