package org.zegel.store.pkcs11;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.store.cryptoki.Module;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.Slot;

/**
 * Looks into the readers of one module, on a thread of its own and once at a time. A module that is slow delays one caller,
 * and not for long: until it has answered again nobody else waits for it.
 */
final class Look {
    /** A module that answered before answers at once, or its card is busy. */
    private static final long PATIENCE_MILLIS = 2_000;

    /** The first time its helper has to start. */
    private static final long FIRST_PATIENCE_MILLIS = 20_000;

    private static final String LATE =
            "The module does not answer; it may be busy. Take the card out and put it back if it stays so.";

    private static final Logger LOG = LoggerFactory.getLogger(Look.class);

    private final Module module;
    private @Nullable CompletableFuture<Outcome> going;
    private volatile @Nullable Outcome last;
    private volatile boolean silent;

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

    /** Ends the module's helper. */
    void end() {
        try {
            module.close();
        } catch (Exception unexpected) {
            LOG.warn("{} was not ended: {}", module.spec().name(), unexpected.getMessage());
        }
    }

    private void look(CompletableFuture<Outcome> begun) {
        long asked = System.nanoTime();
        Outcome outcome;
        try {
            outcome = new Outcome(module.slots(), null, asked, true);
            silent = false;
        } catch (ModuleFailure failed) {
            outcome = new Outcome(List.of(), ModuleWords.problem(failed), asked, true);
            silent = failed.kind() == ModuleFailure.Kind.HUNG;
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
        if (silent && before != null && !begun.isDone()) {
            return before.problem() == null ? before.old(LATE) : before;
        }
        try {
            return begun.get(before == null ? FIRST_PATIENCE_MILLIS : PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            silent = true;
            return before == null ? new Outcome(List.of(), LATE, System.nanoTime(), false) : before.old(LATE);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Outcome(List.of(), null, System.nanoTime(), false);
        }
    }
}
