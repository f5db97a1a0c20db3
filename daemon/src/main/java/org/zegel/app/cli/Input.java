package org.zegel.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A message's source: a file, or standard input where none (or {@code -}) is named. */
record Input(@Nullable Path file) {
    private static final Path STANDARD_INPUT = Path.of("-");

    static Input of(@Nullable Path file) {
        return new Input(STANDARD_INPUT.equals(file) ? null : file);
    }

    /** How the source is called in words and in JSON. */
    String name() {
        return file == null ? "-" : file.toString();
    }

    InputStream open() throws CommandError {
        if (file == null) {
            return System.in;
        }
        return open(file);
    }

    static InputStream open(Path file) throws CommandError {
        try {
            if (Files.isDirectory(file)) {
                throw new CommandError("file-unreadable", file + " is a folder; name a file.");
            }
            return Files.newInputStream(file);
        } catch (NoSuchFileException missing) {
            throw new CommandError("file-not-found", "There is no file " + file + ".");
        } catch (AccessDeniedException denied) {
            throw new CommandError("file-unreadable", file + " may not be read by you.");
        } catch (IOException unreadable) {
            throw new CommandError("file-unreadable", file + " cannot be read.");
        }
    }

    /** A small file, whole. */
    static byte[] bytes(Path file, int limit) throws CommandError {
        try (InputStream in = open(file)) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new CommandError("content-too-large", file + " is longer than " + limit + " bytes.");
            }
            return bytes;
        } catch (IOException unreadable) {
            throw new CommandError("file-unreadable", file + " cannot be read.");
        }
    }
}
