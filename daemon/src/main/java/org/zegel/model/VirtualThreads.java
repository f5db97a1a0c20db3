package org.zegel.model;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Virtual threads that let go of their work when it has ended. */
public final class VirtualThreads {
    private VirtualThreads() {}

    /**
     * Starts a virtual thread.
     *
     * <p>The JDK's carrier threads keep the last virtual thread they ran within reach until they run another, and with it
     * all that its work holds: a message, a session. The work is therefore held by the thread only until it begins.
     */
    public static Thread start(String name, Runnable work) {
        return Thread.ofVirtual().name(name).start(new Once(work));
    }

    private static final class Once implements Runnable {
        private final AtomicReference<@Nullable Runnable> work;

        Once(Runnable work) {
            this.work = new AtomicReference<>(work);
        }

        @Override
        public void run() {
            Objects.requireNonNull(work.getAndSet(null)).run();
        }
    }
}
