package org.zegel.door.nativemessaging;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.door.FrameException;
import org.zegel.door.FrameReader;
import org.zegel.door.FrameWriter;
import org.zegel.protocol.CallId;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.JsonRpc;
import org.zegel.protocol.JsonRpcClient;
import org.zegel.protocol.Limits;
import org.zegel.protocol.RequestError;

/**
 * Copies frames between a browser and the daemon. When the daemon goes away, calls on their way are answered with
 * {@code busy} and the event {@code daemon.stopped}; the next frame starts it again, after the event
 * {@code daemon.restarted}: the client has to say {@code hello} again. Nothing is sent twice.
 */
public final class Relay {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /** A line to the daemon. */
    public interface Line extends Closeable {
        InputStream in();

        OutputStream out();
    }

    /** Reaches the daemon, starting it where needed. */
    @FunctionalInterface
    public interface Dial {
        Line open() throws IOException;
    }

    private final FrameReader browser;
    private final FrameWriter toBrowser;
    private final Dial dial;
    private final byte[] introduction;
    private final Object lock = new Object();
    private @Nullable Upstream upstream;
    private boolean connectedBefore;

    /** {@code introduction} is the first frame on every line to the daemon. */
    public Relay(InputStream in, OutputStream out, Dial dial, byte[] introduction) {
        this.browser = new FrameReader(in, Limits.MAX_INCOMING);
        this.toBrowser = new FrameWriter(out, Limits.MAX_OUTGOING);
        this.dial = dial;
        this.introduction = introduction;
    }

    /** Relays until the browser closes its end. */
    public void run() throws IOException {
        try {
            boolean more = true;
            while (more) {
                more = next();
            }
        } finally {
            synchronized (lock) {
                if (upstream != null) {
                    upstream.hangUp();
                }
            }
        }
    }

    private boolean next() throws IOException {
        byte[] frame;
        try {
            frame = browser.read();
        } catch (FrameException wrong) {
            answer(null, ErrorCode.CONTENT_TOO_LARGE, "The message is too long.");
            return wrong.kind() == FrameException.Kind.TOO_LONG;
        }
        if (frame == null) {
            return false;
        }
        CallId id = JsonRpcClient.idOf(frame);
        try {
            connect().send(id, frame);
        } catch (IOException unreachable) {
            LOG.warn("the daemon cannot be reached", unreachable);
            if (id != null) {
                answer(id, ErrorCode.BUSY, "Zegel's daemon cannot be reached now; try again, or run: zegel doctor");
            }
        }
        return true;
    }

    private Upstream connect() throws IOException {
        synchronized (lock) {
            if (upstream != null && !upstream.ended) {
                return upstream;
            }
            Upstream fresh = new Upstream(dial.open());
            upstream = fresh;
            if (connectedBefore) {
                toBrowser.write(JsonRpc.event("daemon.restarted", Map.of()));
            }
            connectedBefore = true;
            Thread.ofVirtual().name("relay-down").start(fresh::copyDown);
            return fresh;
        }
    }

    private void answer(@Nullable CallId id, ErrorCode code, String message) throws IOException {
        toBrowser.write(JsonRpc.error(id, new RequestError(code, message)));
    }

    /** One line to one daemon, and the calls that it owes an answer. */
    private final class Upstream {
        private final Line line;
        private final FrameWriter writer;
        private final Set<CallId> outstanding = ConcurrentHashMap.newKeySet();
        private volatile boolean ended;
        private volatile boolean wanted = true;

        Upstream(Line line) throws IOException {
            this.line = line;
            this.writer = new FrameWriter(line.out(), Limits.MAX_INCOMING);
            try {
                writer.write(introduction);
            } catch (IOException problem) {
                line.close();
                throw problem;
            }
        }

        void send(@Nullable CallId id, byte[] frame) throws IOException {
            if (id != null) {
                outstanding.add(id);
            }
            try {
                writer.write(frame);
            } catch (IOException gone) {
                // Whoever takes the id out of the set first is the one who answers.
                if (id == null || outstanding.remove(id)) {
                    throw gone;
                }
            }
            if (ended && id != null && outstanding.remove(id)) {
                throw new IOException("the daemon ended");
            }
        }

        void copyDown() {
            try {
                FrameReader reader = new FrameReader(line.in(), Limits.MAX_OUTGOING);
                for (byte[] frame = reader.read(); frame != null; frame = reader.read()) {
                    CallId id = JsonRpcClient.idOf(frame);
                    if (id != null) {
                        outstanding.remove(id);
                    }
                    toBrowser.write(frame);
                }
            } catch (IOException gone) {
                LOG.debug("line to the daemon ended: {}", gone.getMessage());
            } finally {
                end();
            }
        }

        private void end() {
            ended = true;
            try {
                line.close();
                if (wanted) {
                    for (CallId id : outstanding) {
                        if (outstanding.remove(id)) {
                            answer(id, ErrorCode.BUSY, "Zegel's daemon ended during this call; try again.");
                        }
                    }
                    toBrowser.write(JsonRpc.event("daemon.stopped", Map.of()));
                }
            } catch (IOException browserGone) {
                LOG.debug("the browser is gone: {}", browserGone.getMessage());
            }
        }

        void hangUp() throws IOException {
            wanted = false;
            line.close();
        }
    }
}
