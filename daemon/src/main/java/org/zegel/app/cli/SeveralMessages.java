package org.zegel.app.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.zegel.protocol.Limits;
import org.zegel.protocol.RequestError;

/**
 * Opens many messages on all cores, and tells of each in the order they were named. One that fails does not keep the
 * others from being opened, and however many there are, only a few are in memory.
 */
final class SeveralMessages {
    /** Most messages that are being opened, or wait until those named before them have been told of. */
    private static final int AHEAD = 64;

    private final Opening opening;
    private final boolean json;

    /** Opens one message; runs on several threads. */
    @FunctionalInterface
    interface Opening {
        Outcome open(Input input) throws CommandError, RequestError;
    }

    /** @param tell prints what came of it; runs in the order of the messages */
    record Outcome(int status, Runnable tell) {}

    SeveralMessages(Opening opening, boolean json) {
        this.opening = opening;
        this.json = json;
    }

    /** Opens all; gives the worst exit status. */
    int open(List<Input> inputs) {
        int workers = Math.min(Runtime.getRuntime().availableProcessors(), Limits.MAX_CALLS);
        ExecutorService executor = Executors.newFixedThreadPool(
                workers, Thread.ofPlatform().daemon().name("open-", 1).factory());
        Deque<Future<Outcome>> ahead = new ArrayDeque<>();
        int status = ExitStatus.DONE;
        try {
            for (Input input : inputs) {
                if (ahead.size() == AHEAD) {
                    status = Math.max(status, tell(ahead.removeFirst()));
                }
                ahead.addLast(executor.submit(() -> one(input)));
            }
            while (!ahead.isEmpty()) {
                status = Math.max(status, tell(ahead.removeFirst()));
            }
            return status;
        } finally {
            executor.shutdownNow();
        }
    }

    private static int tell(Future<Outcome> next) {
        try {
            Outcome outcome = next.get();
            outcome.tell().run();
            return outcome.status();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    private Outcome one(Input input) {
        try {
            return opening.open(input);
        } catch (CommandError failed) {
            return failed(input, failed);
        } catch (RequestError failed) {
            return failed(input, CommandError.of(failed));
        }
    }

    private Outcome failed(Input input, CommandError error) {
        return new Outcome(ExitStatus.FAILED, () -> Errors.tell(error, json, input.name()));
    }
}
