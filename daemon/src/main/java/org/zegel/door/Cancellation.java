package org.zegel.door;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.zegel.model.Progress;

/** A call's way to learn that nobody wants its answer any more. Safe for use by several threads. */
public final class Cancellation implements Progress {
    private final List<Runnable> actions = new ArrayList<>();
    private volatile boolean cancelled;

    /** Tells whoever waits for it, and whoever reports from now on. */
    public void cancel() {
        List<Runnable> told;
        synchronized (actions) {
            cancelled = true;
            told = List.copyOf(actions);
            actions.clear();
        }
        told.forEach(Runnable::run);
    }

    @Override
    public void report(long done, long total) {
        if (cancelled) {
            throw new CancellationException();
        }
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (actions) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }
}
