package org.zegel.app.daemon;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.door.Activity;
import org.zegel.door.http.HttpDoor;
import org.zegel.door.http.Origins;
import org.zegel.door.socket.SocketDoor;

/**
 * The running daemon of one home: holds the lock, opens the doors, ends when idle or asked to. Files of a predecessor
 * that crashed are removed under the lock, so never those of one that lives.
 */
public final class Daemon implements Closeable {
    /** How long running calls may go on once the daemon ends. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long a starter waits for a daemon that is ending. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(15);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration IDLE_CHECK = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final RuntimeFiles files;
    private final SingleInstance lock;
    private final DaemonParts parts;
    private final Activity activity;
    private final SocketDoor socket;
    private final CompletableFuture<@Nullable HttpDoor> http;

    private Daemon(RuntimeFiles files, SingleInstance lock, DaemonParts parts) throws IOException {
        this.files = files;
        this.lock = lock;
        this.parts = parts;
        this.activity = new Activity();
        this.socket = SocketDoor.open(files.socket(), parts.gate(), parts.events(), activity, parts.peers());
        this.http = CompletableFuture.supplyAsync(
                this::openHttp, task -> Thread.ofPlatform().name("http-door").start(task));
    }

    /**
     * Becomes the daemon of this home, or finds that there is one: then the result is empty. A predecessor that is
     * ending is waited for.
     */
    public static Optional<Daemon> start(RuntimeFiles files, DaemonParts.Factory factory) throws Exception {
        files.create();
        Optional<SingleInstance> lock = awaitLock(files);
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        DaemonParts parts = null;
        try {
            removeFiles(files);
            parts = factory.open(files);
            return Optional.of(new Daemon(files, lock.get(), parts));
        } catch (Exception | Error problem) {
            if (parts != null) {
                parts.close();
            }
            lock.get().close();
            throw problem;
        }
    }

    private static Optional<SingleInstance> awaitLock(RuntimeFiles files) throws IOException, InterruptedException {
        long end = System.nanoTime() + LOCK_TIMEOUT.toNanos();
        Optional<SingleInstance> lock = SingleInstance.tryLock(files.lock());
        while (lock.isEmpty() && System.nanoTime() < end && !answers(files)) {
            Thread.sleep(POLL);
            lock = SingleInstance.tryLock(files.lock());
        }
        return lock;
    }

    private static boolean answers(RuntimeFiles files) {
        try (DaemonLine line = DaemonLine.connect(files.socket())) {
            return true;
        } catch (IOException none) {
            return false;
        }
    }

    /** Serves until idle, {@code daemon.stop} or an interrupt. */
    public void run() throws InterruptedException {
        while (!activity.awaitStop(min(IDLE_CHECK, parts.idle()))) {
            parts.tick();
            if (activity.quiet().compareTo(parts.idle()) >= 0) {
                LOG.info("nobody has been here for {}; ending", parts.idle());
                return;
            }
        }
    }

    /** Makes {@link #run} end. */
    public void requestStop() {
        activity.requestStop();
    }

    /** The port of the HTTP door once it is open; empty where there is none. Waits for the door. */
    public OptionalInt httpPort() {
        HttpDoor door = http.join();
        return door == null ? OptionalInt.empty() : OptionalInt.of(door.port());
    }

    private @Nullable HttpDoor openHttp() {
        DaemonParts.Ports ports = parts.httpPorts().orElse(null);
        if (ports == null) {
            return null;
        }
        try {
            HttpDoor door = HttpDoor.open(
                    ports.first(),
                    ports.count(),
                    parts.gate(),
                    parts.contents(),
                    parts.events(),
                    activity,
                    Origins.of(parts::isPairedOrigin, parts::mayAsk));
            parts.httpOpened(door.port());
            writePort(door.port());
            return door;
        } catch (IOException | RuntimeException problem) {
            LOG.warn("there will be no HTTP door", problem);
            return null;
        }
    }

    /** Written whole or not at all; a draft that a kill left is written over. One daemon at a time writes here. */
    private void writePort(int port) throws IOException {
        Path draft = files.httpPortDraft();
        PrivateFile.prepare(draft);
        Files.writeString(draft, Integer.toString(port), StandardCharsets.US_ASCII);
        Files.move(draft, files.httpPort(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Closes the doors, lets running calls end within a bound, and removes the runtime files. */
    @Override
    public void close() {
        parts.ending();
        Thread httpEnd = Thread.ofVirtual().start(() -> {
            HttpDoor door = http.join();
            if (door != null) {
                door.close(PATIENCE);
            }
        });
        socket.close(PATIENCE);
        try {
            httpEnd.join(PATIENCE.plusSeconds(2));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        parts.close();
        try {
            removeFiles(files);
            lock.close();
        } catch (IOException problem) {
            LOG.warn("the runtime files could not be removed", problem);
        }
    }

    private static void removeFiles(RuntimeFiles files) throws IOException {
        Files.deleteIfExists(files.socket());
        Files.deleteIfExists(files.httpPort());
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
