package org.zegel.soak;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.zegel.fixtures.KnownSecrets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client's line to the daemon, through any door. */
abstract class Line implements AutoCloseable {
    static final List<String> ALL_SCOPES =
            List.of("certificates", "verify", "encrypt", "sign", "decrypt", "raw-cms", "manage");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PATIENCE_SECONDS = 90;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A call that was begun. */
    record Begun(Object id, String method, CompletableFuture<JsonNode> answer) {}

    /** An answer that is an error. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String code) {
            super(code);
        }
    }

    final Ledger ledger;

    Line(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Begins a call; the answer is the whole JSON-RPC answer. Codes beside the usual may be expected. */
    abstract Begun begin(String method, Map<String, ?> params, Set<String> expected) throws IOException;

    /** Says that the call is no longer wanted. */
    abstract void cancel(Begun call) throws IOException;

    /** Speaks as the client with this token from now on. */
    abstract void authenticate(String token) throws Exception;

    @Override
    public abstract void close() throws IOException;

    JsonNode call(String method, Map<String, ?> params) throws Exception {
        return call(method, params, Set.of());
    }

    JsonNode call(String method, Map<String, ?> params, Set<String> expected) throws Exception {
        return await(begin(method, params, expected));
    }

    /** The result, or {@link Refused}; an answer that does not come is a wrong. */
    JsonNode await(Begun call) throws Exception {
        try {
            JsonNode answer = call.answer().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer.has("error")) {
                throw new Refused(outcome(answer) + ": " + answer.at("/error/message"));
            }
            return answer.get("result");
        } catch (TimeoutException lost) {
            ledger.wrong(call.method() + " got no answer");
            throw new IOException("no answer", lost);
        } catch (ExecutionException ended) {
            throw ended.getCause() instanceof IOException gone ? gone : ended;
        }
    }

    /** Pairs for all scopes and speaks as that client; gives what the pairing told. */
    JsonNode pair(String name) throws Exception {
        byte[] nonce = new byte[32];
        RANDOM.nextBytes(nonce);
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("name", name);
        first.put("scopes", ALL_SCOPES);
        first.put("commitment", base64(MessageDigest.getInstance("SHA-256").digest(nonce)));
        String pairing = call("client.pair", first).get("pairing").stringValue();
        KnownSecrets.know("pairing nonce", nonce);
        JsonNode paired = call("client.pair", Map.of("pairing", pairing, "nonce", base64(nonce)));
        KnownSecrets.know(
                "token", Base64.getUrlDecoder().decode(paired.get("token").stringValue()));
        KnownSecrets.know(
                "pairing key", Base64.getUrlDecoder().decode(paired.get("key").stringValue()));
        authenticate(paired.get("token").stringValue());
        return paired;
    }

    static String outcome(JsonNode answer) {
        JsonNode code = answer.at("/error/data/code");
        return answer.has("error") ? code.isString() ? code.stringValue() : "error without a code" : "result";
    }

    static byte[] message(Object id, String method, Map<String, ?> params) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", "2.0");
        if (id != null) {
            message.put("id", id);
        }
        message.put("method", method);
        message.put("params", params);
        return bytes(message);
    }

    static byte[] bytes(Map<String, ?> json) {
        return JSON.writeValueAsBytes(json);
    }

    static JsonNode parse(byte[] json) {
        return JSON.readTree(json);
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
