package org.zegel.door.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.zegel.event.Event;
import org.zegel.event.Events;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.JsonRpc;

/** {@code /events}: server-sent events, each the JSON-RPC notification that other doors send. */
final class EventStreams {
    /** Streams that are open at the same time. */
    static final int MAX_STREAMS = 16;

    private static final int LENGTH = 64;
    private static final int KEEP_ALIVE_SECONDS = 10;
    private static final byte[] KEEP_ALIVE = ": still here\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = {};

    private record Stream(String client, BlockingQueue<byte[]> queue) {}

    private final Events events;
    private final List<Stream> streams = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;

    EventStreams(Events events) {
        this.events = events;
    }

    /** Sends events until the client leaves, is revoked, or the door closes. */
    void serve(Context context) throws IOException, Refusal {
        Visit visit = Visit.of(context);
        Stream stream = new Stream(visit.client().id(), new ArrayBlockingQueue<>(LENGTH));
        admit(stream);
        visit.session().onCutOff(() -> {
            stream.queue().clear();
            stream.queue().offer(END);
        });
        try (Events.Subscription subscription = events.subscribe(event -> tell(stream, event))) {
            context.contentType("text/event-stream");
            write(context, KEEP_ALIVE);
            while (visit.session().client().isPresent() && !stopping) {
                byte[] next = stream.queue().poll(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
                write(context, next == null ? KEEP_ALIVE : next);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            streams.remove(stream);
        }
    }

    /** Counts and adds in one step, for many that come at the same moment. */
    private synchronized void admit(Stream stream) throws Refusal {
        if (stopping || streams.size() >= MAX_STREAMS) {
            throw new Refusal(503, ErrorCode.BUSY, "Too many event streams are open.");
        }
        streams.add(stream);
    }

    /** Tells the client's streams how far its call is. */
    void progress(String client, Map<String, Object> data) {
        byte[] event = format(JsonRpc.event("progress", data));
        for (Stream stream : streams) {
            if (stream.client().equals(client)) {
                stream.queue().offer(event);
            }
        }
    }

    void stop() {
        stopping = true;
        streams.forEach(stream -> stream.queue().offer(END));
    }

    private static void tell(Stream stream, Event event) {
        if (event.connection() == null) {
            stream.queue().offer(format(JsonRpc.event(event.name(), event.data())));
        }
    }

    private static byte[] format(byte[] json) {
        return ("data: " + new String(json, StandardCharsets.UTF_8) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Context context, byte[] bytes) throws IOException {
        context.res().getOutputStream().write(bytes);
        context.res().flushBuffer();
    }
}
