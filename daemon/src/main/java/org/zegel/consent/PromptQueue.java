package org.zegel.consent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.model.Caller;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/**
 * One question at a time, each for a limited time; those who ask take turns, however many questions one of them has.
 * Too many open questions are answered {@code BUSY}; who asks again and again what is not allowed has to wait, and is
 * then refused for a while. Questions of a call that is cancelled, or of a connection that is gone, are withdrawn.
 */
public final class PromptQueue implements Prompter, AutoCloseable {
    /** Questions of one paired client, the one on the screen included. */
    public static final int MAX_PER_CLIENT = 32;

    /** Questions of one caller that is not paired. */
    public static final int MAX_PER_STRANGER = 3;

    /** Questions of all callers that are not paired. */
    public static final int MAX_OF_STRANGERS = 8;

    /** Questions of all; but a paired client that has none may always ask one. */
    public static final int MAX_OPEN = 128;

    private static final Logger LOG = LoggerFactory.getLogger(PromptQueue.class);
    private static final int PATIENCE = 3;
    private static final int MAX_CANCELLED = 4096;
    private static final String STRANGERS = "strangers";

    private final Prompter prompter;
    private final Duration timeout;
    private final FloodGuard guard;
    private final DecisionLog log;
    private final Map<String, Deque<Ticket>> waiting = new LinkedHashMap<>();
    private @Nullable Ticket current;
    private final Set<Long> cancelled = Collections.synchronizedSet(Collections.newSetFromMap(new Latest()));
    private boolean closed;

    /** {@code timeout}: how long one question stays open; waiting for one's turn may take three times as long. */
    public PromptQueue(Prompter prompter, Duration timeout) {
        this(prompter, timeout, DecisionLog.NONE);
    }

    /** The same; who is cut off is written to the log. */
    public PromptQueue(Prompter prompter, Duration timeout, DecisionLog log) {
        this(prompter, timeout, FloodGuard.Rules.USUAL, log);
    }

    PromptQueue(Prompter prompter, Duration timeout, FloodGuard.Rules rules) {
        this(prompter, timeout, rules, DecisionLog.NONE);
    }

    PromptQueue(Prompter prompter, Duration timeout, FloodGuard.Rules rules, DecisionLog log) {
        this.prompter = prompter;
        this.timeout = timeout;
        this.log = log;
        this.guard = new FloodGuard(rules, System::nanoTime);
    }

    /** Calls that were cancelled lately: they may still be on their way to their first question. */
    private static final class Latest extends LinkedHashMap<Long, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > MAX_CANCELLED;
        }
    }

    /** What is done when the asker's turn has come. */
    @FunctionalInterface
    interface Turn<T> {
        T take(Prompter prompter) throws Failure;
    }

    @Override
    public boolean available(Question question) {
        return prompter.available(question);
    }

    /** For a caller that is not paired. */
    @Override
    public Answer ask(Question question) throws Failure {
        return inTurn(Asker.stranger(question.caller()), question.caller(), ready -> ready.ask(question));
    }

    /** For a caller that is not paired. */
    @Override
    public Secret askSecret(SecretQuestion question) throws Failure {
        return inTurn(Asker.stranger(question.caller()), question.caller(), ready -> ready.askSecret(question));
    }

    /** For a caller that is not paired. */
    @Override
    public Choice choose(ChoiceQuestion question) throws Failure {
        return inTurn(Asker.stranger(question.caller()), question.caller(), ready -> ready.choose(question));
    }

    /** The same line, for the questions of a paired client. */
    public Prompter of(Client client) {
        return new ClientPrompter(this, Asker.of(client));
    }

    /**
     * Takes back every question of the caller's one call, or of its connection where it names no call; their calls end
     * with {@code CANCELLED}.
     */
    public void withdraw(Caller caller) {
        if (caller.call() != null) {
            cancelled.add(caller.call());
        }
        withdraw(ticket -> ticket.caller().connection().equals(caller.connection())
                && (caller.call() == null
                        || caller.call().equals(ticket.caller().call())));
    }

    /** Takes back every question of a client, such as one that was revoked. */
    public void withdrawAll(String client) {
        withdraw(ticket -> ticket.asker().isClient(client));
    }

    /** Takes back every question and takes no more. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        withdraw(ticket -> true);
    }

    private void withdraw(Predicate<Ticket> which) {
        List<Ticket> gone = new ArrayList<>();
        synchronized (this) {
            waiting.values().forEach(tickets -> tickets.stream().filter(which).forEach(gone::add));
            if (current != null && which.test(current)) {
                gone.add(current);
            }
        }
        gone.forEach(Ticket::withdraw);
    }

    /** Waits for the asker's turn, then takes it on a thread of its own. */
    <T> T inTurn(Asker asker, Caller caller, Turn<T> turn) throws Failure {
        Ticket ticket = enter(asker, caller);
        try {
            await(ticket);
            return run(ticket, turn);
        } finally {
            leave(ticket);
        }
    }

    private void await(Ticket ticket) throws Failure {
        long end = System.nanoTime() + timeout.multipliedBy(PATIENCE).toNanos();
        try {
            boolean mine = false;
            while (!mine) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw timedOut();
                }
                mine = ticket.await(Math.min(left, look(ticket)));
            }
        } catch (CancellationException withdrawn) {
            throw withdrawn();
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new IllegalStateException(refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw withdrawn();
        }
    }

    /** Lets whoever may have the next turn; then how long until it is worth another look. */
    private synchronized long look(Ticket ticket) {
        next();
        Duration pause = pause(ticket.asker());
        return pause.isZero() ? Long.MAX_VALUE : pause.toNanos();
    }

    private <T> T run(Ticket ticket, Turn<T> turn) throws Failure {
        WatchedPrompter watched = new WatchedPrompter(prompter);
        PromptTask<T> task = new PromptTask<>(() -> turn.take(watched));
        if (!ticket.start(task)) {
            throw withdrawn();
        }
        boolean late = false;
        try {
            return task.askFor(timeout);
        } catch (CancellationException withdrawn) {
            throw withdrawn();
        } catch (TimeoutException tooLate) {
            late = true;
            throw timedOut();
        } catch (Failure failure) {
            late = failure.kind() == Failure.Kind.CONSENT_TIMEOUT;
            throw failure;
        } finally {
            note(ticket, watched.outcome(), late);
        }
    }

    /** {@code late}: the time ran out; else a question without an answer was taken back by who asked. */
    private void note(Ticket ticket, WatchedPrompter.Outcome outcome, boolean late) {
        Duration cut = switch (outcome) {
            case NOT_ASKED, NOT_SHOWN -> Duration.ZERO;
            case ALLOWED -> note(ticket.asker(), FloodGuard.End.ALLOWED);
            case REFUSED, UNANSWERED -> note(ticket.asker(), late ? FloodGuard.End.UNANSWERED : FloodGuard.End.REFUSED);
        };
        if (!cut.isZero()) {
            Asker asker = ticket.asker();
            try {
                log.record(new Decision.CutOff(asker.client(), asker.name(), ticket.caller(), cut));
            } catch (Failure unwritable) {
                LOG.warn("that a caller was cut off could not be written to the audit log", unwritable);
            }
        }
    }

    /** For how long the asker is cut off from now on. */
    private synchronized Duration note(Asker asker, FloodGuard.End end) {
        guard.note(asker.key(), end);
        if (!asker.paired()) {
            guard.note(STRANGERS, end);
        }
        Duration cut = guard.cut(asker.key());
        Deque<Ticket> own = waiting.get(asker.key());
        if (own != null && !cut.isZero()) {
            own.forEach(ticket -> ticket.refuse(cutOff(cut)));
        }
        return cut;
    }

    private synchronized Ticket enter(Asker asker, Caller caller) throws Failure {
        if (closed || (caller.call() != null && cancelled.contains(caller.call()))) {
            throw withdrawn();
        }
        Duration cut = guard.cut(asker.key());
        if (!cut.isZero()) {
            throw cutOff(cut);
        }
        long own = open(ticket -> ticket.asker().equals(asker));
        boolean full = asker.paired()
                ? own >= MAX_PER_CLIENT || (own > 0 && open(ticket -> true) >= MAX_OPEN)
                : own >= MAX_PER_STRANGER
                        || open(ticket -> !ticket.asker().paired()) >= MAX_OF_STRANGERS
                        || open(ticket -> true) >= MAX_OPEN;
        if (full) {
            throw new Failure(
                    Failure.Kind.BUSY, "Too many questions are waiting for the person. Try again when they are done.");
        }
        Ticket ticket = new Ticket(asker, caller);
        waiting.computeIfAbsent(asker.key(), key -> new ArrayDeque<>()).add(ticket);
        return ticket;
    }

    /** Questions that wait or are on the screen. */
    private long open(Predicate<Ticket> which) {
        long waits =
                waiting.values().stream().flatMap(Deque::stream).filter(which).count();
        return waits + (current != null && which.test(current) ? 1 : 0);
    }

    /** All open questions. */
    synchronized long open() {
        return open(ticket -> true);
    }

    private synchronized void leave(Ticket ticket) {
        if (ticket.equals(current)) {
            current = null;
        } else {
            Deque<Ticket> own = waiting.get(ticket.asker().key());
            if (own != null) {
                own.remove(ticket);
            }
        }
        next();
    }

    /** The first asker who need not pause gets one turn and goes to the end. */
    private void next() {
        waiting.values().removeIf(Deque::isEmpty);
        Iterator<Deque<Ticket>> askers = waiting.values().iterator();
        while (current == null && askers.hasNext()) {
            Deque<Ticket> own = askers.next();
            Ticket ticket = own.getFirst();
            if (pause(ticket.asker()).isZero()) {
                askers.remove();
                own.removeFirst();
                current = ticket;
                if (!own.isEmpty()) {
                    waiting.put(ticket.asker().key(), own);
                }
                ticket.call();
                return;
            }
        }
    }

    private Duration pause(Asker asker) {
        Duration own = guard.pause(asker.key());
        Duration shared = asker.paired() ? Duration.ZERO : guard.pause(STRANGERS);
        return own.compareTo(shared) > 0 ? own : shared;
    }

    private static Failure withdrawn() {
        return new Failure(
                Failure.Kind.CANCELLED,
                "Zegel's question was withdrawn: its call was cancelled, its caller is gone, or Zegel is ending.");
    }

    private static Failure timedOut() {
        return new Failure(Failure.Kind.CONSENT_TIMEOUT, "Nobody answered Zegel's question in time. Try again.");
    }

    private static Failure cutOff(Duration left) {
        long seconds = left.toSeconds() + 1;
        return new Failure(
                Failure.Kind.CONSENT_DENIED,
                "So many questions of this client were refused or taken back that Zegel asks no more of them for"
                        + " the next " + seconds + " seconds.",
                Map.of("retryAfterSeconds", seconds));
    }
}
