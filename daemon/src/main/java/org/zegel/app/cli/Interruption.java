package org.zegel.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C: tells the running call to stop and gives the command a moment to tidy up (half-written files, a call that the
 * daemon still works on) before the process ends.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 3;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Thread command) {
        hook = new Thread(() -> stop(command), "interruption");
    }

    static Interruption watch() {
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** The command's own status, unless it was cut off. */
    int statusOf(int status) {
        return Command.CANCELLED.get() ? ExitStatus.INTERRUPTED : status;
    }

    private void stop(Thread command) {
        if (finished.getCount() == 0) {
            return;
        }
        Command.CANCELLED.set(true);
        command.interrupt();
        try {
            boolean tidy = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!tidy) {
                Words.onStandardError().line("zegel: stopped.");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finished.countDown();
    }
}
