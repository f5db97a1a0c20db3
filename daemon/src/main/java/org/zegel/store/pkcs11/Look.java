package org.zegel.store.pkcs11;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.zegel.store.cryptoki.Module;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.Slot;

/**
 * Looks into the readers of one module, on a thread of its own and once at a time, so that a module that is slow delays
 * nobody for long.
 */
final class Look {
    /** A module that answered before answers at once, or its card is busy. */
    private static final long PATIENCE_MILLIS = 2_000;

    /** The first time its helper has to start. */
    private static final long FIRST_PATIENCE_MILLIS = 20_000;

    private final Module module;
    private @Nullable CompletableFuture<Outcome> going;
    private volatile @Nullable Outcome last;

    /**
     * What was found.
     *
     * @param problem why the module itself cannot be used; null: it can
     * @param asked nanoseconds from before it was looked for
     * @param isNew from this look, not from one before
     */
    record Outcome(List<Slot> slots, @Nullable String problem, long asked, boolean isNew) {
        Outcome old(String why) {
            return new Outcome(slots, why, asked, false);
        }
    }

    Look(Module module) {
        this.module = module;
    }

    Module module() {
        return module;
    }

    synchronized Look begin() {
        if (going == null || going.isDone()) {
            CompletableFuture<Outcome> begun = new CompletableFuture<>();
            going = begun;
            Thread.ofVirtual().name("looking for tokens").start(() -> look(begun));
        }
        return this;
    }

    private void look(CompletableFuture<Outcome> begun) {
        long asked = System.nanoTime();
        Outcome outcome;
        try {
            outcome = new Outcome(module.slots(), null, asked, true);
        } catch (ModuleFailure failed) {
            outcome = new Outcome(List.of(), ModuleWords.problem(failed), asked, true);
        } catch (RuntimeException unexpected) {
            begun.completeExceptionally(unexpected);
            return;
        }
        last = outcome;
        begun.complete(outcome);
    }

    /** What this look finds; what was found before when it takes too long. */
    Outcome await() {
        Outcome before = last;
        CompletableFuture<Outcome> begun;
        synchronized (this) {
            begun = going;
        }
        if (begun == null) {
            return new Outcome(List.of(), null, System.nanoTime(), false);
        }
        try {
            return begun.get(before == null ? FIRST_PATIENCE_MILLIS : PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            String why =
                    "The module does not answer; it may be busy. Take the card out and put it back if it stays so.";
            return before == null ? new Outcome(List.of(), why, System.nanoTime(), false) : before.old(why);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Outcome(List.of(), null, System.nanoTime(), false);
        }
    }
}
