package org.zegel.app.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A fresh private folder that is gone in the end, also after Ctrl-C. */
final class TemporaryFolder implements AutoCloseable {
    private final Path path;
    private final Thread hook;

    TemporaryFolder(String prefix) throws IOException {
        // The system makes it for its owner alone.
        path = Files.createTempDirectory(prefix);
        hook = new Thread(this::delete, "demo-clean-up");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook runs now, and finds nothing left.
            return;
        }
    }

    private synchronized void delete() {
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException problem) throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException gone) {
            // Deleted already.
            return;
        } catch (IOException stubborn) {
            System.err.println("zegel: the demo could not remove " + path);
        }
    }
}
