package org.zegel.door;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.model.VirtualThreads;

/** Messages to one client, sent in order by a thread of their own, so that a slow reader holds up only its own calls. */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int LENGTH = 16;

    /** A client that takes nothing for so long is gone. */
    private static final long STALL_SECONDS = 120;

    private static final byte[] END = {};

    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(LENGTH);
    private final FrameWriter writer;
    private final Runnable broken;
    private final Thread thread;
    private volatile boolean ended;

    /** {@code broken} is called once when the client cannot be written to. */
    Outbox(FrameWriter writer, Runnable broken, String name) {
        this.writer = writer;
        this.broken = broken;
        this.thread = VirtualThreads.start(name, this::send);
    }

    /** Waits for room; a client that makes none is cut off. */
    void put(byte[] message) {
        try {
            if (!ended && !queue.offer(message, STALL_SECONDS, TimeUnit.SECONDS)) {
                end();
                broken.run();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends unless the client is slow: for events, which may be lost. */
    void offer(byte[] message) {
        if (!ended && queue.remainingCapacity() > LENGTH / 2) {
            queue.offer(message);
        }
    }

    /** Sends what is waiting, for at most this long, and ends. */
    void finish(long millis) {
        try {
            if (queue.offer(END, millis, TimeUnit.MILLISECONDS)) {
                thread.join(millis);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    /** In a method of its own, so that what was sent is forgotten while the next is waited for. */
    private boolean sendNext() throws InterruptedException, IOException {
        byte[] message = queue.take();
        if (message == END) {
            return false;
        }
        writer.write(message);
        return true;
    }

    private void end() {
        ended = true;
        thread.interrupt();
    }

    private void send() {
        try {
            boolean more = true;
            while (more) {
                more = sendNext();
            }
        } catch (InterruptedException stop) {
            LOG.trace("outbox ended");
        } catch (IOException gone) {
            ended = true;
            broken.run();
        }
    }
}
