package org.zegel.content;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Contents that are too long for memory, as AES-256-GCM chunks in files of a private directory. Each content has a
 * random key that is in memory only, and its file loses its name as soon as it is open: a crash leaves nothing.
 */
public final class EncryptedSpool implements Workspaces {
    private static final String SUFFIX = ".spool";
    private static final int NAME_BYTES = 16;

    private final Path directory;
    private final ContentLimits limits;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong used = new AtomicLong();

    /** Makes the directory (0700) where it is missing, and removes what a crashed predecessor left. */
    public EncryptedSpool(Path directory, ContentLimits limits) throws IOException {
        this.directory = directory;
        this.limits = limits;
        Files.createDirectories(directory, permissions("rwx------"));
        if (posix()) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        removeStale();
    }

    @Override
    public Workspace open() {
        return new SpoolWorkspace(this);
    }

    /** Bytes in spool files now. */
    public long used() {
        return used.get();
    }

    ContentLimits limits() {
        return limits;
    }

    void checkRoom() throws IOException {
        if (used.get() >= limits.disk()) {
            throw ContentLimitException.spoolFull(limits.disk());
        }
    }

    void reserve(int bytes) throws IOException {
        long now = used.addAndGet(bytes);
        if (now > limits.disk()) {
            used.addAndGet(-bytes);
            throw ContentLimitException.spoolFull(limits.disk());
        }
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    SpoolFile newFile() throws IOException {
        byte[] name = new byte[NAME_BYTES];
        random.nextBytes(name);
        Path path = directory.resolve(HexFormat.of().formatHex(name) + SUFFIX);
        // Unix unlinks the name at once, Windows removes the file with its last handle: nothing outlives the process.
        FileChannel channel = create(path);
        byte[] key = new byte[ChunkCipher.KEY];
        random.nextBytes(key);
        return new SpoolFile(channel, key, this);
    }

    private FileChannel create(Path path) throws IOException {
        try {
            return FileChannel.open(
                    path,
                    Set.of(
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE),
                    permissions("rw-------"));
        } catch (ClosedChannelException cancelled) {
            throw cancelled;
        } catch (IOException refused) {
            throw ContentLimitException.diskRefused(refused);
        }
    }

    private void removeStale() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    private boolean posix() {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private FileAttribute<?>[] permissions(String mode) {
        return posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
