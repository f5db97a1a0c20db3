package org.zegel.app.daemon;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.app.config.LogLevel;
import org.zegel.app.system.CoreDumps;
import org.zegel.app.system.FileMask;

/** {@code zegel daemon}: the process. */
public final class DaemonMain {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonMain.class);

    private DaemonMain() {}

    /**
     * Runs the daemon of this home until it ends; comes back at once when there is one already. Its log is in {@code
     * logs} of the home.
     */
    public static void run(Path home, DaemonParts.Factory factory) throws Exception {
        run(home, LogLevel.of(System.getenv()).orElse(LogLevel.INFO), factory);
    }

    /** The same with this much in the log. */
    public static void run(Path home, LogLevel log, DaemonParts.Factory factory) throws Exception {
        // Beside the start, which waits for a browser; whoever asks for a secret waits for it.
        CoreDumps.begin();
        Thread.ofPlatform().daemon().name("file-mask").start(FileMask::keepFilesPrivate);
        Optional<Daemon> started = Daemon.start(RuntimeFiles.of(home), files -> {
            LogFiles.open(home.resolve("logs"), log);
            return factory.open(files);
        });
        if (started.isEmpty()) {
            return;
        }
        Daemon daemon = started.get();
        CountDownLatch closed = new CountDownLatch(1);
        Thread hook = new Thread(() -> awaitEnd(daemon, closed), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        LOG.info("started");
        try (daemon) {
            daemon.run();
        } finally {
            LOG.info("ended");
            closed.countDown();
        }
    }

    /** A signal came: the process ends when this returns. */
    private static void awaitEnd(Daemon daemon, CountDownLatch closed) {
        daemon.requestStop();
        try {
            if (!closed.await(Daemon.PATIENCE.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("ended before all was tidied up");
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
