package org.zegel.store.cryptoki.helper;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ModuleFailure.Kind;

/**
 * The helper's side: answers the daemon's calls with one module, several at once. Threads take turns at reading; who read a
 * call answers it, so that a call crosses no thread here.
 */
public final class HelperServer {
    private static final int MAX_THREADS = Frames.MAX_CALLS + 2;

    private final DataInputStream in;
    private final OutputStream out;
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicInteger idle = new AtomicInteger();
    private final AtomicInteger threads = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final HelperCalls calls = new HelperCalls(this::slotChanged);

    private HelperServer(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = out;
    }

    /**
     * Serves until the daemon closes the pipe. Calls may still be going on then, inside the module: the process is to end at
     * once, without waiting for them.
     */
    public static void serve(InputStream in, OutputStream out) throws InterruptedException {
        HelperServer server = new HelperServer(in, out);
        server.startThread();
        server.ended.await();
    }

    private void startThread() {
        idle.incrementAndGet();
        Thread.ofPlatform().daemon().name("call-" + threads.incrementAndGet()).start(this::work);
    }

    private void work() {
        try {
            while (true) {
                MessageReader request = next();
                if (request == null) {
                    break;
                }
                try (request) {
                    answer(request);
                }
                idle.incrementAndGet();
            }
        } catch (IOException | RuntimeException | Error broken) {
            // The pipe is of no more use; the daemon sees the process end.
        }
        ended.countDown();
    }

    /** While this thread answers, another reads. */
    private @Nullable MessageReader next() throws IOException {
        reading.lock();
        try {
            MessageReader request = MessageReader.next(in, Frames.MAX_REQUEST);
            if (request != null && idle.decrementAndGet() == 0 && threads.get() < MAX_THREADS) {
                startThread();
            }
            return request;
        } finally {
            reading.unlock();
        }
    }

    private void answer(MessageReader request) throws IOException {
        int call = request.call();
        try (MessageWriter answer = new MessageWriter(call, Frames.Answer.DONE)) {
            try {
                calls.answer(request, answer, part -> sendPart(call, part));
            } catch (ModuleFailure failed) {
                fail(call, answer, failed);
            } catch (RuntimeException | LinkageError unexpected) {
                // Its message might repeat an argument.
                fail(
                        call,
                        answer,
                        new ModuleFailure(Kind.FAILED, unexpected.getClass().getSimpleName()));
            }
            send(answer);
        }
    }

    private static void fail(int call, MessageWriter answer, ModuleFailure failure) {
        answer.begin(call, Frames.Answer.FAILED);
        Codec.write(answer, failure);
    }

    private void sendPart(int call, MessageWriter items) throws IOException {
        items.mark(Frames.Answer.PART);
        send(items);
        items.begin(call, Frames.Answer.DONE);
    }

    private void slotChanged(long slot, boolean away) {
        try (MessageWriter event = new MessageWriter(Frames.NO_CALL, Frames.Answer.SLOT_CHANGED)) {
            send(event.number(slot).truth(away));
        } catch (IOException closed) {
            ended.countDown();
        }
    }

    private void send(MessageWriter frame) throws IOException {
        writing.lock();
        try {
            frame.send(out, Frames.MAX_ANSWER);
        } finally {
            writing.unlock();
        }
    }
}
