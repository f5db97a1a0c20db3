package org.zegel.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zegel.protocol.Limits;
import tools.jackson.databind.JsonNode;

/** What every door promises its clients, whatever it is made of. */
abstract class DoorContractTest {
    private Peer peer;

    /** A new client at the door. */
    abstract Peer connect() throws Exception;

    @BeforeEach
    final void open() throws Exception {
        peer = connect();
    }

    @AfterEach
    final void close() throws Exception {
        peer.close();
    }

    final Peer peer() {
        return peer;
    }

    @Test
    void saysHelloToAnybody() throws Exception {
        JsonNode hello = peer.call("hello", "{}");
        assertThat(hello.at("/result/protocol").intValue()).isEqualTo(1);
        assertThat(hello.at("/result/paired").booleanValue()).isFalse();
        assertThat(hello.get("result").propertyNames()).containsExactlyInAnyOrder("name", "protocol", "paired");
    }

    @Test
    void tellsThePairedTheLimits() throws Exception {
        peer.pair();
        JsonNode hello = peer.raw(Peer.message(9, "hello", "{}"));
        assertThat(hello.at("/result/limits/incoming").longValue()).isEqualTo(Limits.MAX_INCOMING);
    }

    @Test
    void letsOnlyThePairedIn() throws Exception {
        assertThat(Peer.code(peer.call("content.create", "{}"))).isEqualTo("not-paired");
        peer.pair();
        assertThat(peer.call("content.create", "{}").at("/result/content").isString())
                .isTrue();
    }

    @Test
    void refusesAWrongToken() throws Exception {
        peer.pair();
        try (Peer other = connect()) {
            assertThat(Peer.code(other.authenticate("wrong"))).isEqualTo("not-paired");
            assertThat(Peer.code(other.call("content.create", "{}"))).isEqualTo("not-paired");
        }
    }

    @Test
    void aRevokedClientIsOutAtOnce() throws Exception {
        String token = peer.pair();
        try (Peer other = connect()) {
            assertThat(other.authenticate(token).has("result")).isTrue();
            assertThat(other.call("client.unpair", "{}").has("result")).isTrue();
        }
        try (Peer again = connect()) {
            assertThat(Peer.code(again.authenticate(token))).isEqualTo("not-paired");
            assertThat(Peer.code(again.call("content.create", "{}"))).isEqualTo("not-paired");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                               | parse-error",
                "{                                                              | parse-error",
                "no json                                                        | parse-error",
                "{\"jsonrpc\":\"2.0\",\"id\":\"r\",\"id\":\"r\",\"method\":\"content.create\"} | parse-error",
                "[{\"jsonrpc\":\"2.0\",\"id\":\"r\",\"method\":\"content.create\"}] | invalid-request",
                "{\"id\":\"r\",\"method\":\"content.create\"}                   | invalid-request",
                "{\"jsonrpc\":\"2.0\",\"id\":\"r\",\"method\":\"no.such\"}      | method-not-found",
                "{\"jsonrpc\":\"2.0\",\"id\":\"r\",\"method\":\"content.close\",\"params\":{}} | invalid-parameters",
                "{\"jsonrpc\":\"2.0\",\"id\":\"r\",\"method\":\"content.close\",\"params\":{\"content\":1}} | invalid-parameters",
                "{\"jsonrpc\":\"2.0\",\"id\":\"r\",\"method\":\"content.create\",\"params\":{\"x\":1}} | invalid-parameters",
            })
    void survivesWhatIsNoCall(String message, String code) throws Exception {
        peer.pair();
        assertThat(Peer.code(peer.raw(message == null ? "" : message))).isEqualTo(code);
        assertThat(peer.call("content.create", "{}").has("result")).isTrue();
    }

    @Test
    void survivesDeepNesting() throws Exception {
        peer.pair();
        assertThat(Peer.code(peer.raw("[".repeat(100_000)))).isEqualTo("parse-error");
        assertThat(peer.call("content.create", "{}").has("result")).isTrue();
    }

    @Test
    void takesTheLongestMessageAndRefusesOneByteMore() throws Exception {
        peer.pair();
        String start = "{\"jsonrpc\":\"2.0\",\"id\":\"r\",\"method\":\"content.close\",\"params\":{\"content\":\"x\"}}";
        byte[] longest = (start + " ".repeat(Limits.MAX_INCOMING - start.length())).getBytes(StandardCharsets.US_ASCII);
        assertThat(Peer.code(peer.raw(longest))).isEqualTo("content-not-found");
        byte[] longer =
                (start + " ".repeat(Limits.MAX_INCOMING - start.length() + 1)).getBytes(StandardCharsets.US_ASCII);
        assertThat(Peer.code(peer.raw(longer))).isEqualTo("content-too-large");
        assertThat(peer.call("content.create", "{}").has("result")).isTrue();
    }

    @Test
    void carriesContentsInChunks() throws Exception {
        peer.pair();
        String handle = peer.call("content.create", "{}").at("/result/content").stringValue();
        byte[] chunk = new byte[Limits.MAX_CHUNK];
        for (int i = 0; i < chunk.length; i++) {
            chunk[i] = (byte) (i * 31);
        }
        String base64 = Base64.getEncoder().encodeToString(chunk);
        for (int i = 1; i <= 3; i++) {
            JsonNode size =
                    peer.call("content.append", "{\"content\":\"" + handle + "\",\"base64\":\"" + base64 + "\"}");
            assertThat(size.at("/result/size").longValue()).isEqualTo((long) i * chunk.length);
        }
        JsonNode read =
                peer.call("content.read", "{\"content\":\"" + handle + "\",\"offset\":" + 2 * chunk.length + "}");
        assertThat(read.at("/result/base64").stringValue()).isEqualTo(base64);
        assertThat(read.at("/result/end").booleanValue()).isTrue();
        String tooMuch = "{\"content\":\"" + handle + "\",\"offset\":0,\"length\":" + (Limits.MAX_CHUNK + 1) + "}";
        assertThat(Peer.code(peer.call("content.read", tooMuch))).isEqualTo("invalid-parameters");
        assertThat(peer.call("content.close", "{\"content\":\"" + handle + "\"}")
                        .has("result"))
                .isTrue();
        assertThat(Peer.code(peer.call("content.close", "{\"content\":\"" + handle + "\"}")))
                .isEqualTo("content-not-found");
    }

    @Test
    void anotherClientsContentIsNone() throws Exception {
        peer.pair();
        String handle = peer.call("content.create", "{}").at("/result/content").stringValue();
        try (Peer other = connect()) {
            other.pair();
            assertThat(Peer.code(other.call("content.close", "{\"content\":\"" + handle + "\"}")))
                    .isEqualTo("content-not-found");
        }
    }

    @Test
    void reportsProgressToWhoeverAskedForIt() throws Exception {
        peer.pair();
        peer.subscribe();
        long id = peer.newId();
        JsonNode answer = peer.begin(id, "message.open", "{\"message\":{\"text\":\"slow 100\"},\"progress\":true}")
                .get(Peer.SECONDS, TimeUnit.SECONDS);
        assertThat(answer.has("result")).isTrue();
        JsonNode event = peer.nextEvent("progress");
        assertThat(event.get("id").longValue()).isEqualTo(id);
        assertThat(event.get("done").longValue()).isBetween(1L, 100L);
        assertThat(event.get("total").longValue()).isEqualTo(100);
    }

    @Test
    void cancelsACall() throws Exception {
        peer.pair();
        long id = peer.newId();
        CompletableFuture<JsonNode> call =
                peer.begin(id, "message.open", "{\"message\":{\"text\":\"slow 100000\"},\"progress\":true}");
        Thread.sleep(100);
        peer.tell(cancel(id));
        assertThat(Peer.code(call.get(Peer.SECONDS, TimeUnit.SECONDS))).isEqualTo("cancelled");
        assertThat(peer.call("content.create", "{}").has("result")).isTrue();
    }

    @Test
    void cancelOfNothingIsNothing() throws Exception {
        peer.pair();
        peer.tell(cancel(4711));
        peer.tell("{\"jsonrpc\":\"2.0\",\"method\":\"$/cancel\"}".getBytes(StandardCharsets.US_ASCII));
        assertThat(peer.call("content.create", "{}").has("result")).isTrue();
    }

    @Test
    void carriesCallsOutAtTheSameTimeUpToALimit() throws Exception {
        peer.pair();
        List<Long> ids = new ArrayList<>();
        List<CompletableFuture<JsonNode>> calls = new ArrayList<>();
        for (int i = 0; i < Limits.MAX_CALLS; i++) {
            ids.add(peer.newId());
            calls.add(peer.begin(ids.getLast(), "message.open", "{\"message\":{\"text\":\"slow 100000\"}}"));
        }
        Thread.sleep(500);
        assertThat(Peer.code(peer.call("message.open", "{\"message\":{\"text\":\"slow 1\"}}")))
                .isEqualTo("busy");
        for (long id : ids) {
            peer.tell(cancel(id));
        }
        for (CompletableFuture<JsonNode> call : calls) {
            assertThat(Peer.code(call.get(Peer.SECONDS, TimeUnit.SECONDS))).isEqualTo("cancelled");
        }
        assertThat(peer.call("message.open", "{\"message\":{\"text\":\"slow 1\"}}")
                        .has("result"))
                .isTrue();
    }

    @Test
    void ofManyCallsAtTheSameMomentNoMoreGetIn() throws Exception {
        peer.pair();
        Map<Long, CompletableFuture<JsonNode>> calls = new LinkedHashMap<>();
        for (int i = 0; i < 2 * Limits.MAX_CALLS; i++) {
            long id = peer.newId();
            calls.put(id, peer.begin(id, "message.open", "{\"message\":{\"text\":\"slow 100000\"}}"));
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Peer.SECONDS);
        while (calls.values().stream().filter(CompletableFuture::isDone).count() < Limits.MAX_CALLS) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(10);
        }
        for (long id : calls.keySet()) {
            peer.tell(cancel(id));
        }
        List<String> codes = new ArrayList<>();
        for (CompletableFuture<JsonNode> call : calls.values()) {
            codes.add(Peer.code(call.get(Peer.SECONDS, TimeUnit.SECONDS)));
        }
        assertThat(codes).containsOnly("busy", "cancelled");
        assertThat(codes.stream().filter("busy"::equals)).hasSize(Limits.MAX_CALLS);
    }

    @Test
    void refusesAnIdThatIsInUse() throws Exception {
        peer.pair();
        long id = peer.newId();
        CompletableFuture<JsonNode> call = peer.begin(id, "message.open", "{\"message\":{\"text\":\"slow 100000\"}}");
        Thread.sleep(200);
        CompletableFuture<JsonNode> second = peer.begin(id, "message.open", "{\"message\":{\"text\":\"slow 1\"}}");
        JsonNode refused = (JsonNode) CompletableFuture.anyOf(call, second).get(Peer.SECONDS, TimeUnit.SECONDS);
        assertThat(Peer.code(refused)).isEqualTo("invalid-request");
        peer.tell(cancel(id));
    }

    private static byte[] cancel(long id) {
        return ("{\"jsonrpc\":\"2.0\",\"method\":\"$/cancel\",\"params\":{\"id\":" + id + "}}")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
