package org.zegel.app.daemon;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.door.FrameReader;
import org.zegel.door.FrameWriter;
import org.zegel.door.nativemessaging.Relay;
import org.zegel.model.Progress;
import org.zegel.protocol.CallId;
import org.zegel.protocol.ContentRequest;
import org.zegel.protocol.ContentResult;
import org.zegel.protocol.JsonRpcClient;
import org.zegel.protocol.Limits;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;
import tools.jackson.databind.JsonNode;

/** A client of the daemon over its socket. Safe for use by several threads. */
public final class DaemonClient implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonClient.class);

    private record Waiting(CompletableFuture<JsonNode> answer, Progress progress) {}

    private final Relay.Line line;
    private final FrameWriter writer;
    private final BiConsumer<String, Map<String, Object>> events;
    private final Map<CallId, Waiting> waiting = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean ended;

    /** {@code events} is told of every event but progress. */
    public DaemonClient(Relay.Line line, BiConsumer<String, Map<String, Object>> events) {
        this.line = line;
        this.writer = new FrameWriter(line.out(), Limits.MAX_INCOMING);
        this.events = events;
        Thread.ofVirtual().name("daemon-client").start(this::listen);
    }

    /** Connects to the daemon of this home, starting it when none runs. */
    public static DaemonClient open(Path home) throws IOException {
        DaemonLine line = DaemonLine.connectOrStart(
                RuntimeFiles.of(home), DaemonStarter.ofThisProgram(home), DaemonLine.START_TIMEOUT);
        return new DaemonClient(line, (name, data) -> {});
    }

    /** Connects to the daemon of this home; fails when none runs. */
    public static DaemonClient openRunning(Path home) throws IOException {
        return new DaemonClient(DaemonLine.connect(RuntimeFiles.of(home).socket()), (name, data) -> {});
    }

    /**
     * Carries out one call and gives its result as JSON. {@code progress} is told of progress where the request asked
     * for it; a {@link CancellationException} that it throws, or an interrupt of the waiting thread, cancels the call.
     *
     * @throws RequestError the daemon's answer is an error
     * @throws IOException the daemon is gone
     */
    public JsonNode call(Request request, Progress progress) throws RequestError, IOException {
        CallId id = new CallId.Number(ids.incrementAndGet());
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, new Waiting(answer, progress));
        try {
            writer.write(JsonRpcClient.call(id, request));
            if (ended) {
                throw new IOException("the daemon ended");
            }
            return await(id, answer);
        } finally {
            waiting.remove(id);
        }
    }

    /** As {@link #call(Request, Progress)}, without progress. */
    public JsonNode call(Request request) throws RequestError, IOException {
        return call(request, Progress.NONE);
    }

    /** As {@link #call(Request, Progress)}, with the result as a record. */
    public <T extends Result> T call(Class<T> type, Request request) throws RequestError, IOException {
        return JsonRpcClient.read(type, call(request));
    }

    private JsonNode await(CallId id, CompletableFuture<JsonNode> answer) throws RequestError, IOException {
        try {
            return answer.get();
        } catch (InterruptedException stop) {
            writer.write(JsonRpcClient.cancel(id));
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RequestError error -> throw error;
                case IOException gone -> throw new IOException(gone.getMessage(), gone);
                case null, default -> throw new IllegalStateException(failed);
            }
        }
    }

    /** Sends bytes in chunks; gives the handle, which the caller closes. */
    public String upload(InputStream in) throws RequestError, IOException {
        String handle =
                call(ContentResult.Created.class, new ContentRequest.Create()).content();
        byte[] chunk = in.readNBytes(Limits.MAX_CHUNK);
        while (chunk.length > 0) {
            call(new ContentRequest.Append(handle, chunk));
            chunk = in.readNBytes(Limits.MAX_CHUNK);
        }
        return handle;
    }

    /** Reads a whole content in chunks; gives its size. */
    public long download(String handle, OutputStream out) throws RequestError, IOException {
        long offset = 0;
        ContentResult.Chunk chunk;
        do {
            chunk = call(ContentResult.Chunk.class, new ContentRequest.Read(handle, offset, null));
            out.write(chunk.base64());
            offset += chunk.base64().length;
        } while (!chunk.end());
        return offset;
    }

    /** Frees a content; one that is gone already is no matter. */
    public void free(String handle) throws IOException {
        try {
            call(new ContentRequest.Close(handle));
        } catch (RequestError gone) {
            LOG.debug("content was gone: {}", gone.getMessage());
        }
    }

    private void listen() {
        IOException end = new IOException("the daemon ended");
        try {
            FrameReader reader = new FrameReader(line.in(), Limits.MAX_OUTGOING);
            for (byte[] frame = reader.read(); frame != null; frame = reader.read()) {
                take(JsonRpcClient.parse(frame));
            }
        } catch (IOException gone) {
            end = gone;
        } catch (RequestError notOurs) {
            end = new IOException("the daemon speaks another protocol", notOurs);
        }
        ended = true;
        for (Waiting each : waiting.values()) {
            each.answer().completeExceptionally(end);
        }
    }

    private void take(JsonRpcClient.Answer answer) throws IOException {
        switch (answer) {
            case JsonRpcClient.Answer.Success success -> {
                Waiting call = waiting.get(success.id());
                if (call != null) {
                    call.answer().complete(success.result());
                }
            }
            case JsonRpcClient.Answer.Failed failed -> {
                // An error without an id means that the daemon could not read a message of ours: all calls may wait.
                waiting.forEach((id, call) -> {
                    if (failed.id() == null || failed.id().equals(id)) {
                        call.answer().completeExceptionally(failed.error());
                    }
                });
            }
            case JsonRpcClient.Answer.Happened happened -> {
                if (happened.name().equals("progress")) {
                    progress(happened.data());
                } else {
                    events.accept(happened.name(), happened.data());
                }
            }
        }
    }

    private void progress(Map<String, Object> data) throws IOException {
        if (data.get("id") instanceof Long number && data.get("done") instanceof Long done) {
            CallId id = new CallId.Number(number);
            Waiting call = waiting.get(id);
            if (call != null) {
                try {
                    call.progress().report(done, data.get("total") instanceof Long total ? total : -1);
                } catch (CancellationException stop) {
                    writer.write(JsonRpcClient.cancel(id));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        line.close();
    }
}
