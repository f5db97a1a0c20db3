package org.zegel.door;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether anybody still needs the daemon. An open connection counts as need, a silent one too: a browser that keeps a
 * port open wants events. A call over HTTP counts while it runs.
 */
public final class Activity {
    private final CountDownLatch stop = new CountDownLatch(1);
    private int inside;
    private long quietSince = System.nanoTime();

    /** Somebody came in; closing the visit says that they left. */
    public synchronized Visit enter() {
        inside++;
        return new Visit(this);
    }

    /** How long nobody has been inside; zero while somebody is. */
    public synchronized Duration quiet() {
        return inside > 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - quietSince);
    }

    /** A client with the right to it asked the daemon to end. */
    public void requestStop() {
        stop.countDown();
    }

    /** Waits until {@link #requestStop} was called or the time is over; true for the former. */
    public boolean awaitStop(Duration time) throws InterruptedException {
        return stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void leave() {
        inside--;
        quietSince = System.nanoTime();
    }

    /** One connection or one HTTP call. */
    public static final class Visit implements AutoCloseable {
        private final Activity activity;
        private boolean over;

        private Visit(Activity activity) {
            this.activity = activity;
        }

        @Override
        public void close() {
            synchronized (activity) {
                if (!over) {
                    over = true;
                    activity.leave();
                }
            }
        }
    }
}
