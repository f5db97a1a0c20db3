package org.zegel.door.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.zegel.door.Activity;
import org.zegel.door.Cancellation;
import org.zegel.door.RunningCall;
import org.zegel.protocol.CallId;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.Incoming;
import org.zegel.protocol.JsonCodec;
import org.zegel.protocol.JsonRpc;
import org.zegel.protocol.Limits;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;

/** {@code /rpc}, {@code /hello} and {@code /pair}. Ids of calls are one client's own, over all its requests. */
final class HttpCalls {
    private record Key(String client, CallId id) {}

    private final Map<Key, RunningCall> calls = new ConcurrentHashMap<>();
    private final EventStreams streams;
    private final Activity activity;
    private final Departures departures;
    private volatile boolean stopping;

    HttpCalls(EventStreams streams, Activity activity, Departures departures) {
        this.streams = streams;
        this.activity = activity;
        this.departures = departures;
    }

    void rpc(Context context) throws IOException, Refusal {
        Visit visit = Visit.of(context);
        String client = visit.client().id();
        switch (JsonRpc.parse(body(context, Limits.MAX_INCOMING))) {
            case Incoming.Call call -> json(context, answer(context, visit, client, call));
            case Incoming.Refused refused -> json(context, JsonRpc.error(refused.id(), refused.error()));
            case Incoming.Cancel cancel -> {
                RunningCall running = calls.get(new Key(client, cancel.id()));
                if (running != null) {
                    running.cancel();
                }
                context.status(204);
            }
            case Incoming.Relay ignored -> context.status(204);
            case Incoming.Ignored ignored -> context.status(204);
        }
    }

    private byte[] answer(Context context, Visit visit, String client, Incoming.Call call) {
        Key key = new Key(client, call.id());
        RunningCall running = new RunningCall(call, data -> streams.progress(client, data));
        try {
            admit(key, running);
        } catch (RequestError refused) {
            return JsonRpc.error(call.id(), refused);
        }
        visit.session().onCutOff(running::cancel);
        try (Departures.Watch _ = departures.watch(context, running::cancel)) {
            return running.carryOut(visit.session(), result -> {
                if (call.request() instanceof SessionRequest.Stop) {
                    activity.requestStop();
                }
            });
        } finally {
            calls.remove(key);
        }
    }

    /** Counts and adds in one step: of many calls at the same moment no more get in than there is room for. */
    private synchronized void admit(Key key, RunningCall running) throws RequestError {
        long mine = calls.keySet().stream()
                .filter(other -> other.client().equals(key.client()))
                .count();
        if (stopping || mine >= Limits.MAX_CALLS) {
            throw new RequestError(ErrorCode.BUSY, "Too many calls at once; wait for one to end.");
        }
        if (calls.putIfAbsent(key, running) != null) {
            throw new RequestError(ErrorCode.INVALID_REQUEST, "id: a call with this id is running.");
        }
    }

    void hello(Context context) throws IOException, Refusal {
        greet(context, SessionRequest.Hello.class);
    }

    void pair(Context context) throws IOException, Refusal {
        greet(context, SessionRequest.Pair.class);
    }

    private void greet(Context context, Class<? extends Request> type) throws IOException, Refusal {
        try {
            Request request = JsonCodec.readRequest(type, body(context, Limits.MAX_GREETING));
            if (request instanceof SessionRequest.Hello hello && (hello.token() != null || hello.terminal() != null)) {
                throw new RequestError(
                        ErrorCode.INVALID_PARAMETERS, "The token goes into the Authorization header, never here.");
            }
            Cancellation cancellation = new Cancellation();
            try (Departures.Watch _ = departures.watch(context, cancellation::cancel)) {
                json(context, JsonCodec.write(Visit.of(context).session().call(request, cancellation)));
            }
        } catch (RequestError error) {
            throw Refusal.of(error);
        }
    }

    /** Takes no more calls, and cancels those that run when asked to. */
    void stop(boolean cancel) {
        stopping = true;
        if (cancel) {
            calls.values().forEach(RunningCall::cancel);
        }
    }

    int running() {
        return calls.size();
    }

    private static void json(Context context, byte[] body) {
        context.contentType("application/json");
        context.result(body);
    }

    private static byte[] body(Context context, int limit) throws IOException, Refusal {
        byte[] body = SteadyBody.of(context).readNBytes(limit + 1);
        if (body.length > limit) {
            throw new Refusal(413, ErrorCode.CONTENT_TOO_LARGE, "The body is longer than " + limit + " bytes.");
        }
        Connections.Link link = Connections.Link.of(context.req());
        if (link != null) {
            link.markAtWork();
        }
        return body;
    }
}
