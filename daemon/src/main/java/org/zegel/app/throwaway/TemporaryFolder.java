package org.zegel.app.throwaway;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A fresh private folder that is gone in the end, also after Ctrl-C. */
public final class TemporaryFolder implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Path path;
    private final Thread hook;

    public TemporaryFolder(String prefix) throws IOException {
        // The system makes it for its owner alone.
        path = Files.createTempDirectory(prefix);
        hook = new Thread(this::cutOff, "temporary-folder-clean-up");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The folder, which only its owner may enter. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        delete();
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook runs now, and finds nothing left.
            return;
        }
    }

    /** The main thread is interrupted at the same time; what it still makes would come after a deletion now. */
    private void cutOff() {
        try {
            if (!closed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                delete();
            }
        } catch (InterruptedException hurry) {
            delete();
        }
    }

    /** Tries again for a while: after Ctrl-C other threads still make and remove files while this runs. */
    private synchronized void delete() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            try {
                deleteOnce();
                // Whoever was in the middle of something may have made it anew.
                Thread.sleep(PAUSE);
            } catch (IOException meanwhile) {
                continue;
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
                break;
            }
        } while (Files.exists(path) && System.nanoTime() < end);
        if (Files.exists(path)) {
            System.err.println("zegel: could not remove " + path);
        }
    }

    private void deleteOnce() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                if (problem instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw problem;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException problem) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
