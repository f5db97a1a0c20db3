package org.zegel.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.zegel.fixtures.KnownSecrets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client at any door, as the contract test drives it. Answers are whole JSON-RPC answers. */
abstract class Peer implements AutoCloseable {
    static final long SECONDS = 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AtomicLong ids = new AtomicLong();

    /** Events that came, each with its name and data. */
    final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();

    /** Starts a call. */
    abstract CompletableFuture<JsonNode> begin(long id, String method, String params);

    /** Sends a message as it is and waits for the answer to it. */
    abstract JsonNode raw(byte[] message) throws Exception;

    /** Sends a notification. */
    abstract void tell(byte[] message) throws Exception;

    /** Speaks as the client with this token from now on; gives the answer to that. */
    abstract JsonNode authenticate(String token) throws Exception;

    /** Wants events from now on. */
    abstract void subscribe() throws Exception;

    JsonNode call(String method, String params) throws Exception {
        return begin(newId(), method, params).get(SECONDS, TimeUnit.SECONDS);
    }

    JsonNode raw(String message) throws Exception {
        return raw(message.getBytes(StandardCharsets.UTF_8));
    }

    long newId() {
        return ids.incrementAndGet();
    }

    /** Pairs and authenticates; gives the token. */
    String pair() throws Exception {
        return pair("[\"verify\"]");
    }

    /** As {@link #pair()}, for these scopes (a JSON list). */
    String pair(String scopes) throws Exception {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        byte[] nonce = new byte[32];
        new SecureRandom().nextBytes(nonce);
        String commitment =
                base64.encodeToString(MessageDigest.getInstance("SHA-256").digest(nonce));
        String name = "Contract " + base64.encodeToString(nonce).substring(0, 8);
        JsonNode first = call(
                "client.pair",
                "{\"name\":\"" + name + "\",\"scopes\":" + scopes + ",\"commitment\":\"" + commitment + "\"}");
        String pairing = first.at("/result/pairing").stringValue();
        JsonNode second = call(
                "client.pair", "{\"pairing\":\"" + pairing + "\",\"nonce\":\"" + base64.encodeToString(nonce) + "\"}");
        String token = second.at("/result/token").stringValue();
        KnownSecrets.know("pairing nonce", nonce);
        KnownSecrets.know("token", Base64.getUrlDecoder().decode(token));
        KnownSecrets.know(
                "pairing key",
                Base64.getUrlDecoder().decode(second.at("/result/key").stringValue()));
        assertThat(authenticate(token).has("result")).isTrue();
        return token;
    }

    JsonNode nextEvent(String name) throws InterruptedException {
        JsonNode event = events.poll(SECONDS, TimeUnit.SECONDS);
        while (event != null && !event.get("name").stringValue().equals(name)) {
            event = events.poll(SECONDS, TimeUnit.SECONDS);
        }
        assertThat(event).as("event " + name).isNotNull();
        return event;
    }

    static byte[] message(long id, String method, String params) {
        return ("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    static JsonNode parse(byte[] json) {
        return JSON.readTree(json);
    }

    static JsonNode wrap(String name, JsonNode value) {
        return JSON.valueToTree(Map.of(name, value));
    }

    static String code(JsonNode answer) {
        JsonNode code = answer.at("/error/data/code");
        return code.isString() ? code.stringValue() : "no error: " + answer;
    }

    @Override
    public abstract void close() throws Exception;
}
