package org.zegel.store.cryptoki.helper;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ModuleFailure.Kind;

/** One running helper and the calls on their way to it. It ends once; then every call fails. */
final class HelperProcess {
    private static final long TELLING_NANOS = 1_000_000;

    private final Process process;
    private final OutputStream out;
    private final HelperLimits limits;
    private final HelperEvents events;
    private final Map<Integer, PendingCall> pending = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(Frames.MAX_CALLS);
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicInteger numbers = new AtomicInteger(Frames.NO_CALL);
    private final AtomicInteger pinPads = new AtomicInteger();
    private final long begun = System.nanoTime();
    private volatile long lastKeyUse = begun;
    private volatile long lastCall = begun;
    private volatile @Nullable ModuleFailure end;
    private volatile boolean stopped;
    private volatile boolean closing;

    /** What is heard of the helper without asking. */
    interface HelperEvents {
        void slotChanged(long slot, boolean away);

        /** Once. */
        void ended(HelperProcess process);
    }

    /** The helper had ended before the call. */
    static final class EndedBefore extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** What a call says. */
    interface Body {
        void write(MessageWriter out);
    }

    private HelperProcess(Process process, HelperLimits limits, HelperEvents events) {
        this.process = process;
        this.out = process.getOutputStream();
        this.limits = limits;
        this.events = events;
    }

    static HelperProcess start(String name, HelperCommand command, HelperLimits limits, HelperEvents events)
            throws ModuleFailure {
        ProcessBuilder builder = new ProcessBuilder(command.command())
                // What a module says of itself may repeat what it was given.
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(command.environment());
        Process process;
        try {
            process = builder.start();
        } catch (IOException refused) {
            throw new ModuleFailure(Kind.NOT_LOADED, "the helper process did not start: " + refused.getMessage());
        }
        HelperProcess helper = new HelperProcess(process, limits, events);
        Thread.ofPlatform().daemon().name("module " + name).start(helper::read);
        // The pipe may stay open in a process that the module started.
        process.onExit().thenRun(helper::crashed);
        return helper;
    }

    /**
     * Calls and waits for the answer.
     *
     * @throws ModuleFailure what the helper says; {@code HUNG} when it says nothing in time, and {@code CRASHED} when it ended
     * @throws EndedBefore nothing was sent, because it had ended already
     */
    MessageReader call(PendingCall.Kind kind, Frames.Request request, Body body) throws ModuleFailure, EndedBefore {
        PendingCall call = new PendingCall(kind, System.nanoTime());
        lastCall = call.begun();
        awaitRoom(call);
        int number = number();
        pending.put(number, call);
        if (kind == PendingCall.Kind.PIN_PAD) {
            pinPads.incrementAndGet();
        }
        if (isEnded() || closing && request != Frames.Request.FINISH) {
            remove(number);
            throw new EndedBefore();
        }
        try (MessageWriter frame = new MessageWriter(number, request)) {
            body.write(frame);
            writing.lock();
            try {
                frame.send(out, Frames.MAX_REQUEST);
            } finally {
                writing.unlock();
            }
        } catch (IOException closed) {
            crashed();
        }
        await(call);
        return call.answer();
    }

    private int number() {
        int number = numbers.incrementAndGet();
        return number == Frames.NO_CALL ? numbers.incrementAndGet() : number;
    }

    private void awaitRoom(PendingCall call) throws ModuleFailure {
        try {
            while (!room.tryAcquire(Math.max(1, deadline(call) - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                if (System.nanoTime() - deadline(call) >= 0) {
                    hung();
                    throw again(reason());
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new ModuleFailure(Kind.FAILED, "interrupted");
        }
    }

    private void await(PendingCall call) throws ModuleFailure {
        while (!call.isDone()) {
            long left = deadline(call) - System.nanoTime();
            if (left <= 0) {
                hung();
            }
            // After the end, for as long as another thread tells all calls of it.
            LockSupport.parkNanos(this, Math.max(left, TELLING_NANOS));
            if (Thread.currentThread().isInterrupted() && !call.isDone()) {
                throw new ModuleFailure(Kind.FAILED, "interrupted");
            }
        }
    }

    /** When the helper counts as hung, as it looks now. */
    private long deadline(PendingCall call) {
        long begin = call.begun();
        return switch (call.kind()) {
            case LOAD -> begin + limits.start().toNanos();
            case PIN_PAD -> begin + limits.pinPad().toNanos();
            case LOOK, KEY -> {
                long now = System.nanoTime();
                if (pinPads.get() > 0) {
                    // The person's time, which the other call's own limit ends.
                    yield now + limits.stall().toNanos();
                }
                long since = Math.max(0, lastKeyUse - begin);
                yield begin
                        + Math.min(
                                since + limits.stall().toNanos(),
                                limits.longest().toNanos());
            }
        };
    }

    private void read() {
        try (DataInputStream in = new DataInputStream(process.getInputStream())) {
            while (true) {
                MessageReader answer = MessageReader.next(in, Frames.MAX_ANSWER);
                if (answer == null) {
                    break;
                }
                take(answer);
            }
        } catch (IOException | RuntimeException broken) {
            // Below.
        }
        crashed();
    }

    private void take(MessageReader answer) throws IOException {
        int number = answer.call();
        Frames.Answer word = answer.word(Frames.Answer.class);
        PendingCall call = pending.get(number);
        switch (word) {
            case SLOT_CHANGED -> events.slotChanged(answer.number(), answer.truth());
            case PART -> {
                if (call != null) {
                    call.part(answer);
                }
            }
            case DONE -> {
                if (remove(number) != null && call != null) {
                    call.done(answer);
                }
            }
            case FAILED -> {
                if (remove(number) != null && call != null) {
                    call.failed(Codec.failure(answer));
                }
            }
        }
    }

    private @Nullable PendingCall remove(int number) {
        PendingCall call = pending.remove(number);
        if (call != null) {
            long now = System.nanoTime();
            lastCall = now;
            if (call.kind() != PendingCall.Kind.LOOK) {
                lastKeyUse = now;
            }
            if (call.kind() == PendingCall.Kind.PIN_PAD) {
                pinPads.decrementAndGet();
            }
            room.release();
        }
        return call;
    }

    private void hung() {
        end(new ModuleFailure(Kind.HUNG, "the module did not answer in time; its helper was ended"));
    }

    private void crashed() {
        end(new ModuleFailure(Kind.CRASHED, "the module's helper ended"));
    }

    /** Whether it ended because nobody needed it. */
    boolean wasStopped() {
        return stopped;
    }

    /** Ends it because nobody needs it. */
    void stop() {
        stopped = true;
        end(new ModuleFailure(Kind.CRASHED, "the module's helper was ended"));
    }

    private void end(ModuleFailure reason) {
        synchronized (this) {
            if (end != null) {
                return;
            }
            end = reason;
        }
        process.destroyForcibly();
        events.ended(this);
        for (Integer number : pending.keySet()) {
            PendingCall call = remove(number);
            if (call != null) {
                call.failed(reason);
            }
        }
    }

    /** The same, with a chance for the module to end its sessions first. Takes no more calls and comes back at once. */
    void finish() {
        closing = true;
        stopped = true;
        Thread.ofPlatform().daemon().name("module ends").start(() -> {
            try {
                call(PendingCall.Kind.LOOK, Frames.Request.FINISH, _ -> {});
            } catch (ModuleFailure | EndedBefore already) {
                // It ends in any case.
            }
            stop();
        });
    }

    boolean isEnded() {
        return end != null;
    }

    /** Whether it takes calls. */
    boolean isOpen() {
        return end == null && !closing;
    }

    /** Why it ended. */
    ModuleFailure reason() {
        ModuleFailure reason = end;
        return reason != null ? reason : new ModuleFailure(Kind.FAILED, "the helper is running");
    }

    /** Without calls for this long. */
    boolean isIdle(Duration least) {
        return pending.isEmpty() && System.nanoTime() - lastCall >= least.toNanos();
    }

    long lastCall() {
        return lastCall;
    }

    /** A call that nobody waits for any more, because its thread could not even write. */
    boolean isStuck() {
        long now = System.nanoTime();
        return pending.values().stream()
                .anyMatch(call -> now - deadline(call) > limits.stall().toNanos());
    }

    void endStuck() {
        hung();
    }

    /** How long it ran. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    long pid() {
        return process.pid();
    }

    private static ModuleFailure again(ModuleFailure reason) {
        return new ModuleFailure(reason.kind(), reason.value(), String.valueOf(reason.getMessage()));
    }
}
