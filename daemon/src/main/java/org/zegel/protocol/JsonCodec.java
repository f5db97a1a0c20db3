package org.zegel.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Requests and results as JSON objects, without the JSON-RPC envelope. */
public final class JsonCodec {
    private static final RecordReader STRICT = new RecordReader(true);
    private static final RecordReader LENIENT = new RecordReader(false);

    private JsonCodec() {}

    /**
     * The parameters of a request.
     *
     * @throws RequestError {@code parse-error} or {@code invalid-parameters}
     */
    public static <T extends Request> T readRequest(Class<T> type, byte[] json) throws RequestError {
        return STRICT.read(type, Json.read(json), "");
    }

    /** A result as a client reads it: what it does not know it skips. An identity lacks its chain and uses. */
    public static <T extends Result> T readResult(Class<T> type, byte[] json) throws RequestError {
        return LENIENT.read(type, Json.readAnswer(json), "");
    }

    static <T extends Result> T readResult(Class<T> type, JsonNode json) throws RequestError {
        return LENIENT.read(type, json, "");
    }

    /** A request's parameters or a result. */
    public static byte[] write(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(out)) {
            new RecordWriter(json).value(value);
        }
        return out.toByteArray();
    }

    /** A result as a tree, as a client of the daemon would get it. */
    public static JsonNode tree(Result result) {
        try {
            return Json.readAnswer(write(result));
        } catch (RequestError impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A request's parameters or a result, for printing: one line. */
    public static String toJson(Object value) {
        return new String(write(value), StandardCharsets.UTF_8);
    }

    static Request readParams(Methods.Definition method, JsonNode params) throws RequestError {
        return STRICT.read(method.type(), params, "");
    }
}
