package org.zegel.store.cryptoki.helper;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.store.cryptoki.Module;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ModuleFailure.Kind;
import org.zegel.store.cryptoki.Slot;
import org.zegel.store.cryptoki.Token;
import org.zegel.store.cryptoki.TokenEvent;

/** Who wants to hear of tokens of one module, and the thread that tells them, while there are any. */
final class TokenWatch {
    private static final Logger LOG = LoggerFactory.getLogger(TokenWatch.class);

    /** Until the next try with a module whose helper does not start; doubled each time. */
    private static final long FIRST_RETRY_SECONDS = 5;

    private static final long LONGEST_RETRY_SECONDS = 600;

    private final ModuleProcess module;
    private final List<Consumer<TokenEvent>> listeners = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    private @Nullable Thread thread;

    /** A module that hangs while it waits for events is asked again and again instead. */
    private volatile boolean polling;

    /** Something in a slot; slot null: the helper ended, or nobody listens any more. */
    private record Happening(@Nullable Long slot, boolean away) {}

    TokenWatch(ModuleProcess module) {
        this.module = module;
    }

    AutoCloseable add(Consumer<TokenEvent> listener) {
        // Two that are equal are still two.
        Consumer<TokenEvent> own = listener::accept;
        synchronized (this) {
            listeners.add(own);
            if (thread == null) {
                thread = Thread.ofPlatform().daemon().name("token watch").start(this::run);
            }
        }
        return () -> remove(own);
    }

    private void remove(Consumer<TokenEvent> listener) {
        listeners.remove(listener);
        happenings.add(new Happening(null, false));
    }

    boolean isOn() {
        return !listeners.isEmpty();
    }

    void slotChanged(long slot, boolean away) {
        if (isOn()) {
            happenings.add(new Happening(slot, away));
        }
    }

    void helperEnded(ModuleFailure reason) {
        polling |= reason.kind() == Kind.HUNG;
        happenings.add(new Happening(null, false));
    }

    private void run() {
        Map<Long, Token> seen = new HashMap<>();
        long retry = FIRST_RETRY_SECONDS;
        boolean first = true;
        while (isNeeded()) {
            try {
                happenings.clear();
                module.startWatching(polling);
                Map<Long, Token> now = tokens(module);
                if (!first) {
                    tell(seen, now, null);
                }
                seen = now;
                first = false;
                retry = FIRST_RETRY_SECONDS;
                seen = listen(seen);
            } catch (ModuleFailure failed) {
                LOG.info("{} cannot be watched: {}", module.spec().name(), failed.getMessage());
                retry = pause(retry);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized boolean isNeeded() {
        if (isOn() && !Thread.currentThread().isInterrupted()) {
            return true;
        }
        thread = null;
        return false;
    }

    /** Until the helper ends, or nobody listens. */
    private Map<Long, Token> listen(Map<Long, Token> before) throws ModuleFailure, InterruptedException {
        Map<Long, Token> seen = before;
        while (isOn()) {
            Happening happening = happenings.take();
            if (happening.slot() == null) {
                if (!module.isRunning()) {
                    return seen;
                }
                continue;
            }
            Map<Long, Token> now = tokens(module);
            tell(seen, now, happening.away() ? happening.slot() : null);
            seen = now;
        }
        return seen;
    }

    private static Map<Long, Token> tokens(Module module) throws ModuleFailure {
        Map<Long, Token> tokens = new HashMap<>();
        for (Slot slot : module.slots()) {
            Token token = slot.token();
            if (token != null) {
                tokens.put(slot.id(), token);
            }
        }
        return tokens;
    }

    /** @param away the slot whose token was away, even if it is there now */
    private void tell(Map<Long, Token> before, Map<Long, Token> now, @Nullable Long away) {
        before.forEach((slot, token) -> {
            if (slot.equals(away) || !isSame(token, now.get(slot))) {
                tell(new TokenEvent(TokenEvent.Kind.REMOVED, token));
            }
        });
        now.forEach((slot, token) -> {
            if (slot.equals(away) || !isSame(token, before.get(slot))) {
                tell(new TokenEvent(TokenEvent.Kind.INSERTED, token));
            }
        });
    }

    private static boolean isSame(Token token, @Nullable Token other) {
        return other != null && Objects.equals(token.name(), other.name());
    }

    private void tell(TokenEvent event) {
        for (Consumer<TokenEvent> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException wrong) {
                LOG.warn("who listens to token events failed", wrong);
            }
        }
    }

    private long pause(long seconds) {
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (isOn() && System.nanoTime() < end) {
                happenings.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return Math.min(LONGEST_RETRY_SECONDS, seconds * 2);
    }
}
