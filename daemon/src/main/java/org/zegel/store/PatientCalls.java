package org.zegel.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Calls of an operating system that may wait for a person or a card, each in a thread of its own. Who called goes on when
 * the limit is over; the call itself cannot be ended, and ends when it does. Safe for use by several threads.
 */
public final class PatientCalls {
    /** Most calls under way at once, those that nobody waits for any more included. */
    public static final int MAX_UNDER_WAY = 16;

    private final Semaphore places = new Semaphore(MAX_UNDER_WAY);
    private final AtomicInteger abandoned = new AtomicInteger();

    /** What is called. */
    @FunctionalInterface
    public interface Call<T, E extends Exception> {
        T run() throws E;
    }

    /** How many calls are still under way that nobody waits for any more. */
    public int abandoned() {
        return abandoned.get();
    }

    /**
     * What the call gives.
     *
     * @param late gets what the call gives after the limit: to wipe or to close it
     * @throws TimeoutException the limit is over, the thread was interrupted, or too many calls are under way
     */
    public <T, E extends Exception> T within(Duration limit, Call<T, E> call, Consumer<? super T> late)
            throws E, TimeoutException {
        if (!places.tryAcquire()) {
            throw new TimeoutException("too many calls are under way");
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("zegel-system-store").start(() -> run(call, answer, late));
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            return lastLook(answer, slow);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return lastLook(answer, new TimeoutException("interrupted"));
        } catch (ExecutionException failed) {
            throw PatientCalls.<E>cause(failed);
        }
    }

    private <T> void run(Call<T, ?> call, CompletableFuture<T> answer, Consumer<? super T> late) {
        try {
            T given = call.run();
            if (!answer.complete(given)) {
                late.accept(given);
            }
        } catch (Exception | Error failed) {
            answer.completeExceptionally(failed);
        } finally {
            if (answer.isCancelled()) {
                abandoned.decrementAndGet();
            }
            places.release();
        }
    }

    /** The answer that came at the last moment, or else nobody waits for it any more. */
    private <T, E extends Exception> T lastLook(CompletableFuture<T> answer, TimeoutException slow)
            throws E, TimeoutException {
        // Counted first: the call may end at once.
        abandoned.incrementAndGet();
        if (answer.cancel(false)) {
            throw slow;
        }
        abandoned.decrementAndGet();
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            throw PatientCalls.<E>cause(failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw slow;
        }
    }

    /** The call throws these and unchecked ones alone. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E cause(ExecutionException failed) {
        return switch (failed.getCause()) {
            case RuntimeException unchecked -> throw unchecked;
            case Error broken -> throw broken;
            case Exception checked -> (E) checked;
            case null, default -> throw new IllegalStateException(failed);
        };
    }
}
