package org.zegel.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.zegel.protocol.RequestError;

/** Where a result goes: a file that appears whole or not at all, or standard output. */
final class Output {
    private static final String OWNER_ONLY = "rw-------";

    private Output() {}

    /** Writes the bytes of a result. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws RequestError, IOException;
    }

    /** @param secret the file is for its owner alone: clear text, keys */
    static void write(@Nullable Path file, boolean secret, Body body) throws CommandError, RequestError {
        try {
            if (file == null) {
                toStandardOutput(body);
            } else if (Files.exists(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                intoDevice(file, body);
            } else {
                intoFile(file, secret, body);
            }
        } catch (IOException unwritable) {
            String name = file == null ? "the standard output" : file.toString();
            throw new CommandError(
                    "file-unwritable", "The result could not be written to " + name + ". Is there room, and may you?");
        }
    }

    private static void toStandardOutput(Body body) throws RequestError, IOException {
        // Not System.out: a PrintStream swallows errors.
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        body.writeTo(out);
        out.flush();
    }

    private static void intoDevice(Path file, Body body) throws RequestError, IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            body.writeTo(out);
        }
    }

    private static void intoFile(Path file, boolean secret, Body body) throws RequestError, IOException {
        Path whole = file.toAbsolutePath();
        Path part = whole.resolveSibling(
                "." + whole.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.createFile(part, secret ? ownerOnly() : new FileAttribute<?>[0]);
            try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.WRITE)) {
                body.writeTo(out);
            }
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
                }
                : new FileAttribute<?>[0];
    }
}
