package org.zegel.consent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Caller;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/**
 * One question at a time, callers in turn, each question for a limited time. A caller with too many open questions is
 * answered {@code BUSY}; the questions of a connection that is gone are withdrawn.
 */
public final class PromptQueue implements Prompter {
    /** Questions of one caller, the one on the screen included. */
    public static final int MAX_PER_CALLER = 8;

    /** Questions of all callers. */
    public static final int MAX_OPEN = 64;

    private static final int PATIENCE = 3;

    private final Prompter prompter;
    private final Duration timeout;
    private final Map<String, Deque<Ticket>> waiting = new LinkedHashMap<>();
    private @Nullable Ticket current;

    /** {@code timeout}: how long one question stays open; waiting for one's turn may take three times as long. */
    public PromptQueue(Prompter prompter, Duration timeout) {
        this.prompter = prompter;
        this.timeout = timeout;
    }

    /** What is done when the caller's turn has come. */
    @FunctionalInterface
    interface Turn<T> {
        T take(Prompter prompter) throws Failure;
    }

    /** A place in the queue; complete when it is its turn, cancelled when withdrawn. */
    private static final class Ticket {
        final Caller caller;
        final CompletableFuture<Boolean> turn = new CompletableFuture<>();
        volatile @Nullable Future<?> running;
        volatile boolean withdrawn;

        Ticket(Caller caller) {
            this.caller = caller;
        }

        void withdraw() {
            withdrawn = true;
            turn.cancel(false);
            Future<?> task = running;
            if (task != null) {
                task.cancel(true);
            }
        }
    }

    @Override
    public boolean available(Question question) {
        return prompter.available(question);
    }

    @Override
    public Answer ask(Question question) throws Failure {
        return inTurn(question.caller(), ready -> ready.ask(question));
    }

    @Override
    public Secret askSecret(SecretQuestion question) throws Failure {
        return inTurn(question.caller(), ready -> ready.askSecret(question));
    }

    @Override
    public Choice choose(ChoiceQuestion question) throws Failure {
        return inTurn(question.caller(), ready -> ready.choose(question));
    }

    /** Takes back every question of the connection; their calls end with {@code CANCELLED}. */
    public void withdraw(String connection) {
        List<Ticket> gone = new ArrayList<>();
        synchronized (this) {
            waiting.values()
                    .forEach(tickets -> tickets.stream()
                            .filter(ticket -> ticket.caller.connection().equals(connection))
                            .forEach(gone::add));
            if (current != null && current.caller.connection().equals(connection)) {
                gone.add(current);
            }
        }
        gone.forEach(Ticket::withdraw);
    }

    /** Waits for the caller's turn, then takes it on a thread of its own. */
    <T> T inTurn(Caller caller, Turn<T> turn) throws Failure {
        Ticket ticket = enter(caller);
        try {
            await(ticket);
            return run(ticket, turn);
        } finally {
            leave(ticket);
        }
    }

    private static void await(Ticket ticket, Duration patience) throws Failure {
        try {
            ticket.turn.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (CancellationException withdrawn) {
            throw withdrawn();
        } catch (TimeoutException late) {
            throw timedOut();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw withdrawn();
        }
    }

    private void await(Ticket ticket) throws Failure {
        await(ticket, timeout.multipliedBy(PATIENCE));
    }

    private <T> T run(Ticket ticket, Turn<T> turn) throws Failure {
        PromptTask<T> task = new PromptTask<>(() -> turn.take(prompter));
        ticket.running = task;
        if (ticket.withdrawn) {
            throw withdrawn();
        }
        try {
            return task.askFor(timeout);
        } catch (CancellationException withdrawn) {
            throw withdrawn();
        } catch (TimeoutException late) {
            throw timedOut();
        }
    }

    private synchronized Ticket enter(Caller caller) throws Failure {
        Deque<Ticket> own = waiting.computeIfAbsent(key(caller), key -> new ArrayDeque<>());
        int mine = own.size() + (current != null && key(current.caller).equals(key(caller)) ? 1 : 0);
        int all = waiting.values().stream().mapToInt(Deque::size).sum();
        if (mine >= MAX_PER_CALLER || all >= MAX_OPEN) {
            throw new Failure(
                    Failure.Kind.BUSY, "Too many questions are waiting for the person. Try again when they are done.");
        }
        Ticket ticket = new Ticket(caller);
        own.add(ticket);
        next();
        return ticket;
    }

    private synchronized void leave(Ticket ticket) {
        if (ticket.equals(current)) {
            current = null;
        } else {
            Deque<Ticket> own = waiting.get(key(ticket.caller));
            if (own != null) {
                own.remove(ticket);
            }
        }
        next();
    }

    /** The caller at the head gets one turn and goes to the end. */
    private void next() {
        waiting.values().removeIf(Deque::isEmpty);
        if (current != null || waiting.isEmpty()) {
            return;
        }
        String key = waiting.keySet().iterator().next();
        Deque<Ticket> own = waiting.remove(key);
        if (own == null) {
            return;
        }
        Ticket ticket = own.removeFirst();
        if (!own.isEmpty()) {
            waiting.put(key, own);
        }
        current = ticket;
        ticket.turn.complete(true);
    }

    private static String key(Caller caller) {
        return caller.door() + " " + (caller.origin() == null ? caller.connection() : caller.origin());
    }

    private static Failure withdrawn() {
        return new Failure(Failure.Kind.CANCELLED, "The caller is gone, so its question was withdrawn.");
    }

    private static Failure timedOut() {
        return new Failure(Failure.Kind.CONSENT_TIMEOUT, "Nobody answered Zegel's question in time. Try again.");
    }
}
