package org.zegel.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.zegel.protocol.Limits;
import tools.jackson.databind.JsonNode;

/** A client that speaks frames: local socket and native messaging. */
final class FramePeer extends Peer {
    private final FrameWriter writer;
    private final OutputStream out;
    private final Closeable link;
    private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final BlockingQueue<JsonNode> strays = new LinkedBlockingQueue<>();

    /** Completes when the daemon or relay ends the connection. */
    final CompletableFuture<Void> ended = new CompletableFuture<>();

    FramePeer(InputStream in, OutputStream out, Closeable link) {
        this.writer = new FrameWriter(out, Integer.MAX_VALUE);
        this.out = out;
        this.link = link;
        Thread.ofVirtual().start(() -> listen(new FrameReader(in, Limits.MAX_OUTGOING)));
    }

    private void listen(FrameReader reader) {
        try {
            for (byte[] frame = reader.read(); frame != null; frame = reader.read()) {
                take(parse(frame));
            }
        } catch (IOException gone) {
            // ends below
        }
        ended.complete(null);
    }

    private void take(JsonNode answer) {
        if (answer.has("method")) {
            events.add(answer.get("params"));
            return;
        }
        JsonNode id = answer.get("id");
        CompletableFuture<JsonNode> call = id != null && id.isIntegralNumber() ? waiting.remove(id.longValue()) : null;
        if (call == null) {
            strays.add(answer);
        } else {
            call.complete(answer);
        }
    }

    @Override
    CompletableFuture<JsonNode> begin(long id, String method, String params) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        try {
            writer.write(message(id, method, params));
        } catch (IOException gone) {
            answer.completeExceptionally(gone);
        }
        return answer;
    }

    @Override
    JsonNode raw(byte[] message) throws Exception {
        writer.write(message);
        return stray();
    }

    /** The next answer that belongs to no call. */
    JsonNode stray() throws InterruptedException {
        JsonNode answer = strays.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(answer).as("an answer").isNotNull();
        return answer;
    }

    /** Sends bytes that need not be frames. */
    void bytes(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    @Override
    void tell(byte[] message) throws IOException {
        writer.write(message);
    }

    @Override
    JsonNode authenticate(String token) throws Exception {
        return call("hello", "{\"token\":\"" + token + "\"}");
    }

    @Override
    void subscribe() throws Exception {
        assertThat(call("events.subscribe", "{}").has("result")).isTrue();
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
