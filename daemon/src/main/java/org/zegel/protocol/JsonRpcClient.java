package org.zegel.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSON-RPC 2.0, the side of Zegel's own clients: the command line and the relay. */
public final class JsonRpcClient {
    /** What the daemon sent. */
    public sealed interface Answer {
        record Success(CallId id, JsonNode result) implements Answer {}

        record Failed(@Nullable CallId id, RequestError error) implements Answer {}

        /** An event; {@code data} has all its members but the name. */
        record Happened(String name, Map<String, Object> data) implements Answer {}
    }

    private JsonRpcClient() {}

    /** A call; {@code IllegalArgumentException} where it is longer than a daemon takes. */
    public static byte[] call(CallId id, Request request) {
        return bounded(Methods.of(request).name(), id, request);
    }

    /** The notification that a call is no longer wanted. */
    public static byte[] cancel(CallId id) {
        return bounded("$/cancel", null, Map.of("id", id));
    }

    /** The first frame of the relay. */
    public static byte[] relay(String origin) {
        return bounded("$/relay", null, Map.of("origin", origin));
    }

    /** @throws RequestError {@code parse-error} where it is nothing that a daemon sends */
    public static Answer parse(byte[] message) throws RequestError {
        JsonNode node = Json.readAnswer(message);
        if (node.isObject()) {
            CallId id = JsonRpc.id(node.get("id"));
            JsonNode error = node.get("error");
            JsonNode result = node.get("result");
            if (error != null) {
                return new Answer.Failed(id, error(error));
            }
            if (result != null && id != null) {
                return new Answer.Success(id, result);
            }
            if (node.get("params") != null && node.get("params").isObject()) {
                return event(node.get("params"));
            }
        }
        throw new RequestError(ErrorCode.PARSE_ERROR, "The daemon sent something that is no answer.");
    }

    /** The id of a call that is on its way to the daemon; null for a notification or something else. */
    public static @Nullable CallId idOf(byte[] message) {
        try {
            JsonNode node = Json.read(message);
            return node.isObject() ? JsonRpc.id(node.get("id")) : null;
        } catch (RequestError notJson) {
            return null;
        }
    }

    /** Reads a result; see {@link JsonCodec#readResult}. */
    public static <T extends Result> T read(Class<T> type, JsonNode result) throws RequestError {
        return JsonCodec.readResult(type, result);
    }

    private static Answer event(JsonNode params) throws RequestError {
        Map<String, Object> data = RecordReader.plainMap(params);
        Object name = data.remove("name");
        return new Answer.Happened(String.valueOf(name), data);
    }

    private static RequestError error(JsonNode error) throws RequestError {
        Map<String, Object> data = new LinkedHashMap<>();
        if (error.get("data") != null && error.get("data").isObject()) {
            data.putAll(RecordReader.plainMap(error.get("data")));
        }
        String code = String.valueOf(data.remove("code"));
        JsonNode message = error.get("message");
        String text = message != null && message.isString() ? message.stringValue() : "";
        return new RequestError(ErrorCode.named(code).orElse(ErrorCode.INTERNAL_ERROR), text, data);
    }

    private static byte[] bounded(String method, @Nullable CallId id, Object params) {
        try {
            return JsonRpc.message(Limits.MAX_INCOMING, (json, writer) -> {
                if (id != null) {
                    writer.property("id", id);
                }
                writer.property("method", method);
                writer.property("params", params);
            });
        } catch (BoundedOutput.Overflow tooLong) {
            throw new IllegalArgumentException("the call is longer than " + Limits.MAX_INCOMING + " bytes", tooLong);
        }
    }
}
