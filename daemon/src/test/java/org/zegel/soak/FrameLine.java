package org.zegel.soak;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.zegel.door.FrameReader;
import org.zegel.door.FrameWriter;
import org.zegel.protocol.Limits;
import tools.jackson.databind.JsonNode;

/** Frames, over the socket or a relay. */
final class FrameLine extends Line {
    private record Open(String method, Set<String> expected, CompletableFuture<JsonNode> answer) {}

    private final OutputStream out;
    private final FrameWriter writer;
    private final Closeable link;
    private final Map<Long, Open> open = new ConcurrentHashMap<>();
    private final Set<Long> answered = ConcurrentHashMap.newKeySet();
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean leaving;
    private volatile boolean mayBeCutOff;
    private volatile boolean ended;

    /** How many errors came that belong to no call: answers to what was no message. */
    final AtomicLong complaints = new AtomicLong();

    FrameLine(Ledger ledger, InputStream in, OutputStream out, Closeable link) {
        super(ledger);
        this.out = out;
        this.writer = new FrameWriter(out, Integer.MAX_VALUE);
        this.link = link;
        Thread.ofVirtual().name("soak-line").start(() -> listen(new FrameReader(in, Limits.MAX_OUTGOING)));
    }

    @Override
    Begun begin(String method, Map<String, ?> params, Set<String> expected) throws IOException {
        long id = ids.incrementAndGet();
        Open call = new Open(method, expected, new CompletableFuture<>());
        open.put(id, call);
        ledger.sent();
        try {
            writer.write(message(id, method, params));
        } catch (IOException gone) {
            giveUp(id, gone);
        }
        if (ended) {
            giveUp(id, new IOException("the line ended"));
        }
        return new Begun(id, method, call.answer());
    }

    @Override
    void cancel(Begun call) throws IOException {
        writer.write(message(null, "$/cancel", Map.of("id", call.id())));
    }

    @Override
    void authenticate(String token) throws Exception {
        call("hello", Map.of("token", token));
    }

    /** From now on the daemon may hang up on this client. */
    void provoke() {
        mayBeCutOff = true;
    }

    /** Sends bytes that need not be frames. */
    void bytes(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    private void listen(FrameReader reader) {
        IOException end = new IOException("the line ended");
        try {
            for (byte[] frame = reader.read(); frame != null; frame = reader.read()) {
                take(parse(frame));
            }
        } catch (IOException gone) {
            end = gone;
        } catch (RuntimeException noAnswer) {
            ledger.wrong("something came that is no answer: " + noAnswer);
        }
        ended = true;
        if (!leaving && !mayBeCutOff) {
            ledger.wrong("the daemon hung up with " + open.size() + " calls open");
        }
        for (long id : open.keySet()) {
            giveUp(id, end);
        }
    }

    private void giveUp(long id, IOException reason) {
        Open call = open.remove(id);
        if (call != null) {
            ledger.givenUp();
            call.answer().completeExceptionally(reason);
        }
    }

    private void take(JsonNode answer) {
        if (answer.has("method")) {
            return;
        }
        JsonNode id = answer.get("id");
        if (id == null || !id.isIntegralNumber()) {
            complaints.incrementAndGet();
            return;
        }
        Open call = open.remove(id.longValue());
        if (call == null) {
            ledger.wrong("an answer " + (answered.contains(id.longValue()) ? "came twice" : "to nothing") + ": " + id);
            return;
        }
        answered.add(id.longValue());
        ledger.answered(call.method(), outcome(answer), call.expected());
        call.answer().complete(answer);
    }

    @Override
    public void close() throws IOException {
        leaving = true;
        link.close();
    }
}
