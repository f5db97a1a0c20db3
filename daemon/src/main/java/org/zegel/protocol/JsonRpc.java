package org.zegel.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zegel.model.ExtensionOrigin;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** JSON-RPC 2.0, the daemon's side: one message is one call or one notification; batches are refused. */
public final class JsonRpc {
    private static final List<String> PROPERTIES = List.of("jsonrpc", "id", "method", "params");
    private static final String VERSION = "2.0";

    private JsonRpc() {}

    /** Reads one message; never throws for what a client sent. */
    public static Incoming parse(byte[] message) {
        if (message.length > Limits.MAX_INCOMING) {
            return refused(null, ErrorCode.INVALID_REQUEST, "The message is too long.");
        }
        JsonNode node;
        try {
            node = Json.read(message);
        } catch (RequestError notJson) {
            return new Incoming.Refused(null, notJson);
        }
        if (node.isArray()) {
            return refused(null, ErrorCode.INVALID_REQUEST, "Batches are not accepted; send one call at a time.");
        }
        if (!node.isObject()) {
            return refused(null, ErrorCode.INVALID_REQUEST, "A call is a JSON object.");
        }
        return envelope(node);
    }

    private static Incoming envelope(JsonNode node) {
        CallId id = id(node.get("id"));
        if (node.has("id") && id == null) {
            return refused(null, ErrorCode.INVALID_REQUEST, "id: an integer or a short string is needed.");
        }
        for (String name : node.propertyNames()) {
            if (!PROPERTIES.contains(name)) {
                return refused(id, ErrorCode.INVALID_REQUEST, name + ": a call has no such property.");
            }
        }
        JsonNode version = node.get("jsonrpc");
        if (version == null || !version.isString() || !version.stringValue().equals(VERSION)) {
            return refused(id, ErrorCode.INVALID_REQUEST, "jsonrpc: \"2.0\" is needed.");
        }
        JsonNode method = node.get("method");
        if (method == null || !method.isString()) {
            return refused(id, ErrorCode.INVALID_REQUEST, "method: a string is needed.");
        }
        JsonNode params = node.get("params");
        if (params == null) {
            params = JsonNodeFactory.instance.objectNode();
        }
        return id == null ? notification(method.stringValue(), params) : call(id, method.stringValue(), params);
    }

    private static Incoming call(CallId id, String name, JsonNode params) {
        Methods.Definition method = Methods.named(name).orElse(null);
        if (method == null) {
            return refused(id, ErrorCode.METHOD_NOT_FOUND, "There is no such method.");
        }
        try {
            Request request = JsonCodec.readParams(method, params);
            return new Incoming.Call(id, request, method.wantsProgress(request));
        } catch (RequestError wrong) {
            return new Incoming.Refused(id, wrong);
        }
    }

    private static Incoming notification(String method, JsonNode params) {
        switch (method) {
            case "$/cancel" -> {
                CallId id = params.isObject() ? id(params.get("id")) : null;
                return id == null ? new Incoming.Ignored() : new Incoming.Cancel(id);
            }
            case "$/relay" -> {
                String origin = text(params, "origin");
                return origin != null && ExtensionOrigin.isOne(origin)
                        ? new Incoming.Relay(origin)
                        : new Incoming.Ignored();
            }
            default -> {
                return new Incoming.Ignored();
            }
        }
    }

    /** A result as a message; {@code content-too-large} takes its place where it would be too long to send. */
    public static byte[] result(CallId id, Result result) {
        return answer(id, json -> json.property("result", result));
    }

    /** An error as a message; {@code id} is null where the call's id could not be read. */
    public static byte[] error(@Nullable CallId id, RequestError error) {
        return answer(id, json -> json.property("error", errorObject(error)));
    }

    /** The {@code error} member of an answer. */
    public static Map<String, Object> errorObject(RequestError error) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("code", error.code().code());
        error.data().forEach(data::putIfAbsent);
        return Map.of("code", error.code().number(), "message", String.valueOf(error.getMessage()), "data", data);
    }

    /** The notification {@code event}. */
    public static byte[] event(String name, Map<String, Object> data) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("name", name);
        data.forEach(params::putIfAbsent);
        return message(Limits.MAX_OUTGOING, (json, writer) -> {
            writer.property("method", "event");
            writer.property("params", params);
        });
    }

    private static byte[] answer(@Nullable CallId id, Consumer<RecordWriter> body) {
        try {
            return message(Limits.MAX_OUTGOING, (json, writer) -> {
                if (id == null) {
                    json.writeName("id").writeNull();
                } else {
                    writer.property("id", id);
                }
                body.accept(writer);
            });
        } catch (BoundedOutput.Overflow tooLong) {
            return error(
                    id,
                    new RequestError(
                            ErrorCode.CONTENT_TOO_LARGE, "The answer is too long for one message; ask for less."));
        }
    }

    static byte[] message(int limit, BiConsumer<JsonGenerator, RecordWriter> body) {
        BoundedOutput out = new BoundedOutput(limit);
        try (JsonGenerator json = Json.generator(out)) {
            RecordWriter writer = new RecordWriter(json);
            json.writeStartObject();
            writer.property("jsonrpc", VERSION);
            body.accept(json, writer);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    static @Nullable CallId id(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        if (node.isString() && node.stringValue().length() <= Limits.MAX_ID) {
            return new CallId.Text(node.stringValue());
        }
        if (node.isIntegralNumber() && node.canConvertToLong() && Math.abs(node.longValue()) <= CallId.MAX_NUMBER) {
            return new CallId.Number(node.longValue());
        }
        return null;
    }

    private static @Nullable String text(JsonNode params, String name) {
        JsonNode node = params.isObject() ? params.get(name) : null;
        return node != null && node.isString() ? node.stringValue() : null;
    }

    private static Incoming refused(@Nullable CallId id, ErrorCode code, String message) {
        return new Incoming.Refused(id, new RequestError(code, message));
    }
}
