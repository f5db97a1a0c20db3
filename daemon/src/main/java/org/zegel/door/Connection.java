package org.zegel.door;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.dispatch.Gate;
import org.zegel.dispatch.Session;
import org.zegel.event.Event;
import org.zegel.event.Events;
import org.zegel.model.Caller;
import org.zegel.model.VirtualThreads;
import org.zegel.protocol.CallId;
import org.zegel.protocol.ContentRequest;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.Incoming;
import org.zegel.protocol.JsonRpc;
import org.zegel.protocol.Limits;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;

/**
 * One client's connection: reads frames, carries calls out and writes answers. {@code hello} and {@code content.*} are
 * carried out in the order they were sent; other calls run at the same time, at most {@link Limits#MAX_CALLS} of them.
 */
public final class Connection implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final long LAST_WORDS_MILLIS = 2000;
    private static final long LAST_WORDS_POLL_MILLIS = 10;

    /** A client whose frame stops in the middle for so long is not busy any more. */
    private static final Duration STALLED = Duration.ofSeconds(30);

    /** How much there is to lose when a connection is ended; the least first. */
    public enum Standing {
        /** It has not sent one whole message. */
        SILENT,
        /** Nobody whom a token names, and nothing of theirs is carried out. */
        STRANGER,
        /** A paired client that waits. */
        PAIRED,
        /** A call is carried out, or a paired client is in the middle of a message. */
        BUSY
    }

    private final FrameReader reader;
    private final Closeable link;
    private final Gate gate;
    private final Events events;
    private final Activity activity;
    private final Function<Incoming.@Nullable Relay, Caller> callers;
    private final Outbox outbox;
    private final Map<CallId, RunningCall> calls = new ConcurrentHashMap<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Session session;
    private volatile @Nullable Caller caller;
    private Events.@Nullable Subscription subscription;
    private volatile boolean stopping;
    private volatile boolean spoken;
    private volatile long quietSince = System.nanoTime();

    /**
     * {@code link} is closed to end the connection. {@code callers} says who is calling, given the relay's words where
     * the first frame was those.
     */
    public Connection(
            InputStream in,
            OutputStream out,
            Closeable link,
            Gate gate,
            Events events,
            Activity activity,
            Function<Incoming.@Nullable Relay, Caller> callers) {
        this.reader = new FrameReader(in, this::longest);
        this.link = link;
        this.gate = gate;
        this.events = events;
        this.activity = activity;
        this.callers = callers;
        this.outbox = new Outbox(new FrameWriter(out, Limits.MAX_OUTGOING), this::hangUp, "outbox");
    }

    /** Serves the client until it leaves or is cut off. */
    public void run() {
        try (Activity.Visit visit = activity.enter()) {
            boolean more = true;
            while (more) {
                more = next();
            }
        } catch (IOException gone) {
            LOG.debug("connection ended: {}", gone.getMessage());
        } finally {
            close();
        }
    }

    private boolean next() throws IOException {
        byte[] frame;
        try {
            frame = reader.read();
        } catch (FrameException wrong) {
            outbox.put(JsonRpc.error(
                    null,
                    new RequestError(
                            ErrorCode.CONTENT_TOO_LARGE,
                            isPaired()
                                    ? "The message is too long."
                                    : "The message is too long for somebody who has not said hello with a token.")));
            return wrong.kind() == FrameException.Kind.TOO_LONG;
        }
        if (frame == null) {
            return false;
        }
        spoken = true;
        quietSince = System.nanoTime();
        Incoming message = JsonRpc.parse(frame);
        Session in = enter(message);
        switch (message) {
            case Incoming.Call call -> start(call, in);
            case Incoming.Cancel cancel -> {
                RunningCall running = calls.get(cancel.id());
                if (running != null) {
                    running.cancel();
                }
            }
            case Incoming.Refused refused -> outbox.put(JsonRpc.error(refused.id(), refused.error()));
            case Incoming.Relay late -> LOG.debug("relay's words are taken in the first frame only");
            case Incoming.Ignored ignored -> LOG.debug("notification ignored");
        }
        return true;
    }

    /** Strangers have little to say, and get no memory for more. */
    private int longest() {
        return isPaired() ? Limits.MAX_INCOMING : Limits.MAX_GREETING;
    }

    private boolean isPaired() {
        Session in = session;
        return in != null && in.client().isPresent();
    }

    /** What would be lost if it were ended now. */
    public Standing standing() {
        if (!spoken) {
            return Standing.SILENT;
        }
        boolean paired = isPaired();
        if (running() > 0 || (paired && reader.isReceiving(STALLED))) {
            return Standing.BUSY;
        }
        return paired ? Standing.PAIRED : Standing.STRANGER;
    }

    /** Since when, by {@link System#nanoTime}, it neither sent a message nor got the answer to one. */
    public long quietSince() {
        return quietSince;
    }

    /** Ends it at once: its place is needed. What it still does ends as if the client had left. */
    public void giveWay() {
        stopping = true;
        hangUp();
    }

    /** The first message shows whether a relay speaks for somebody. */
    private Session enter(Incoming message) {
        Session in = session;
        if (in == null) {
            Caller who = callers.apply(message instanceof Incoming.Relay words ? words : null);
            in = gate.enter(who);
            in.onCutOff(this::cutOff);
            caller = who;
            session = in;
        }
        return in;
    }

    private void start(Incoming.Call call, Session in) {
        if (stopping || calls.size() >= Limits.MAX_CALLS) {
            outbox.put(JsonRpc.error(
                    call.id(), new RequestError(ErrorCode.BUSY, "Too many calls at once; wait for one to end.")));
            return;
        }
        unanswered.incrementAndGet();
        RunningCall running = new RunningCall(call, data -> outbox.offer(JsonRpc.event("progress", data)));
        if (calls.putIfAbsent(call.id(), running) != null) {
            unanswered.decrementAndGet();
            outbox.put(JsonRpc.error(
                    call.id(), new RequestError(ErrorCode.INVALID_REQUEST, "id: a call with this id is running.")));
        } else if (call.request() instanceof ContentRequest || call.request() instanceof SessionRequest.Hello) {
            carryOut(call, running, in);
        } else {
            VirtualThreads.start("call", () -> carryOut(call, running, in));
        }
    }

    private void carryOut(Incoming.Call call, RunningCall running, Session in) {
        byte[] answer = running.carryOut(in, result -> {
            if (call.request() instanceof SessionRequest.Subscribe) {
                subscribe(in);
            } else if (call.request() instanceof SessionRequest.Stop) {
                activity.requestStop();
            }
        });
        // The client may use the id again once it has the answer; whoever waits for the last answer counts apart.
        calls.remove(call.id());
        outbox.put(answer);
        quietSince = System.nanoTime();
        unanswered.decrementAndGet();
    }

    private synchronized void subscribe(Session in) {
        if (subscription == null && !stopping) {
            subscription = events.subscribe(event -> tell(event, in));
        }
    }

    private void tell(Event event, Session in) {
        Caller who = caller;
        boolean mine =
                event.connection() == null || (who != null && event.connection().equals(who.connection()));
        if (mine && in.client().isPresent()) {
            outbox.offer(JsonRpc.event(event.name(), event.data()));
        }
    }

    /** The client is nobody any more: what runs is cancelled, answered, and then the connection ends. */
    private void cutOff() {
        refuseCalls();
        calls.values().forEach(RunningCall::cancel);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_WORDS_MILLIS);
        try {
            while (running() > 0 && System.nanoTime() < end) {
                Thread.sleep(LAST_WORDS_POLL_MILLIS);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /** Takes no more calls. */
    public void refuseCalls() {
        stopping = true;
    }

    /** Calls that have not been answered yet. */
    public int running() {
        return unanswered.get();
    }

    /** Cancels what runs, says what is still to be said, and hangs up. */
    @Override
    public void close() {
        stopping = true;
        if (closed.getAndSet(true)) {
            return;
        }
        calls.values().forEach(RunningCall::cancel);
        synchronized (this) {
            if (subscription != null) {
                subscription.close();
            }
        }
        outbox.finish(LAST_WORDS_MILLIS);
        Session in = session;
        if (in != null) {
            in.close();
        }
        hangUp();
    }

    private void hangUp() {
        try {
            link.close();
        } catch (IOException already) {
            LOG.debug("closing a connection: {}", already.getMessage());
        }
    }
}
