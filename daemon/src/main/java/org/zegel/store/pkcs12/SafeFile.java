package org.zegel.store.pkcs12;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import org.zegel.model.Failure;

/**
 * A small file that is read whole and replaced whole: at every moment, even after a crash, it holds the old bytes or the
 * new ones. Only its owner may read it.
 */
final class SafeFile {
    private static final Object ONE_CHANGE_AT_A_TIME = new Object();
    private static final String TEMPORARY = ".tmp";

    private final Path path;
    private final Path folder;

    SafeFile(Path path) {
        this.path = path.toAbsolutePath();
        this.folder = Objects.requireNonNull(this.path.getParent(), "a file has a folder");
    }

    /** A file beside it whose name has this ending as well. */
    SafeFile beside(String ending) {
        return new SafeFile(path.resolveSibling(path.getFileName() + ending));
    }

    boolean exists() {
        return Files.isRegularFile(path);
    }

    /** The bytes, at most {@link KeyFileReader#MAX_FILE_BYTES}; empty where there is no file. */
    Optional<byte[]> read() throws Failure {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(KeyFileReader.MAX_FILE_BYTES + 1);
            if (bytes.length > KeyFileReader.MAX_FILE_BYTES) {
                throw new Failure(Failure.Kind.STORE_UNAVAILABLE, "Zegel's key file is far too large to be one.");
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new Failure(
                    Failure.Kind.STORE_UNAVAILABLE,
                    "Zegel's key file cannot be read. Check the permissions of Zegel's folder.",
                    unreadable);
        }
    }

    /** Puts the bytes in the file's place; they are on the disk when this returns. */
    void replace(byte[] bytes) throws Failure {
        try {
            makeFolder();
            Path temporary =
                    Files.createTempFile(folder, path.getFileName().toString(), TEMPORARY, ownerOnly("rw-------"));
            try {
                try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    ByteBuffer left = ByteBuffer.wrap(bytes);
                    while (left.hasRemaining()) {
                        channel.write(left);
                    }
                    channel.force(true);
                }
                Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
            syncFolder();
        } catch (IOException unwritable) {
            throw unwritable(unwritable);
        }
    }

    void delete() throws Failure {
        try {
            Files.deleteIfExists(path);
            syncFolder();
        } catch (IOException unwritable) {
            throw unwritable(unwritable);
        }
    }

    /** What is done while no other thread or process changes the file. */
    interface Change<T> {
        T run() throws Failure;
    }

    /** Runs the change alone among all processes that use this file; clears what a crashed one left. */
    <T> T alone(Change<T> change) throws Failure {
        synchronized (ONE_CHANGE_AT_A_TIME) {
            try (FileChannel channel = lockFile();
                    FileLock held = channel.lock()) {
                if (held.isValid()) {
                    clearLeftovers();
                }
                return change.run();
            } catch (IOException | UncheckedIOException unwritable) {
                throw unwritable(unwritable);
            }
        }
    }

    private FileChannel lockFile() throws IOException {
        makeFolder();
        Path lock = path.resolveSibling(path.getFileName() + ".lock");
        try {
            Files.createFile(lock, ownerOnly("rw-------"));
        } catch (FileAlreadyExistsException known) {
            // The usual case: the lock file stays.
            return FileChannel.open(lock, StandardOpenOption.WRITE);
        }
        return FileChannel.open(lock, StandardOpenOption.WRITE);
    }

    private void makeFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, ownerOnly("rwx------"));
        }
    }

    private void clearLeftovers() throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, path.getFileName() + "*" + TEMPORARY)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    /** A rename is safe only when the directory is on the disk as well; Windows has no such call and needs none. */
    private void syncFolder() throws IOException {
        if (isPosix()) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private FileAttribute<?>[] ownerOnly(String permissions) {
        return isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private boolean isPosix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Failure unwritable(Exception cause) {
        return new Failure(
                Failure.Kind.STORE_UNAVAILABLE,
                "Zegel's key file cannot be written. Check the free space and the permissions of" + " Zegel's folder.",
                cause);
    }
}
