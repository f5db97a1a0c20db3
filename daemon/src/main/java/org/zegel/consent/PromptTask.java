package org.zegel.consent;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.zegel.model.Failure;
import org.zegel.model.Secret;
import org.zegel.model.VirtualThreads;

/** One question on a thread of its own, so that it can be interrupted without touching the caller's thread. */
final class PromptTask<T> extends FutureTask<T> {
    private static final int CLOSING_SECONDS = 5;

    private final CountDownLatch ended = new CountDownLatch(1);

    PromptTask(Callable<T> question) {
        super(question);
    }

    @Override
    public void run() {
        try {
            super.run();
        } finally {
            ended.countDown();
        }
    }

    /** Asks and waits; when the time is over the question is taken off the screen before this returns. */
    T askFor(Duration timeout) throws Failure, TimeoutException {
        VirtualThreads.start("prompt", this);
        boolean answered = false;
        try {
            T answer = get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            answered = true;
            return answer;
        } catch (ExecutionException thrown) {
            answered = true;
            if (thrown.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new Failure(
                    Failure.Kind.INTERNAL, "The question could not be shown. Zegel's log tells more.", thrown);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure(Failure.Kind.CANCELLED, "The call was cancelled.");
        } finally {
            if (!answered) {
                cancel(true);
                awaitEnd();
                wipeLateAnswer();
            }
        }
    }

    private void awaitEnd() {
        boolean interrupted = Thread.interrupted();
        try {
            if (!ended.await(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException again) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** An answer that came in the very moment it was no longer wanted. */
    private void wipeLateAnswer() {
        if (state() == State.SUCCESS && resultNow() instanceof Secret late) {
            late.close();
        }
    }
}
