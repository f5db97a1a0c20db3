package org.zegel.app.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.zegel.model.Progress;

/**
 * One line on the terminal that says how far a long call is; nothing where stderr is not a terminal or the call is
 * quick. It is also how Ctrl-C stops the call.
 */
final class ProgressLine implements Progress, AutoCloseable {
    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String ERASE = "\r\u001b[K";
    private static final long MEBIBYTE = 1 << 20;

    /** Shorter messages take their time only where a person is asked, who then has the terminal. */
    private static final long LONG = 8 * MEBIBYTE;

    private final PrintStream terminal;
    private final boolean shown;
    private final String what;
    private final AtomicBoolean cancelled;
    private long next = System.nanoTime() + FIRST;
    private boolean onScreen;

    ProgressLine(PrintStream terminal, boolean shown, String what, AtomicBoolean cancelled) {
        this.terminal = terminal;
        this.shown = shown;
        this.what = what;
        this.cancelled = cancelled;
    }

    @Override
    public synchronized void report(long done, long total) {
        if (cancelled.get()) {
            throw new CancellationException("cancelled by the person");
        }
        long now = System.nanoTime();
        if (shown && now - next >= 0 && Math.max(done, total) >= LONG) {
            next = now + PAUSE;
            onScreen = true;
            terminal.print(ERASE + what + " " + amount(done, total));
            terminal.flush();
        }
    }

    @Override
    public synchronized void close() {
        if (onScreen) {
            terminal.print(ERASE);
            terminal.flush();
            onScreen = false;
        }
    }

    private static String amount(long done, long total) {
        return total > 0
                ? String.format(Locale.ROOT, "%d%% of %d MiB", Math.min(100, done * 100 / total), total / MEBIBYTE)
                : String.format(Locale.ROOT, "%d MiB", done / MEBIBYTE);
    }
}
