package org.zegel.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zegel.app.daemon.DaemonLine;
import org.zegel.consent.Answer;
import org.zegel.consent.Question;
import org.zegel.consent.TestPrompter;
import org.zegel.door.http.HttpDoor;
import org.zegel.door.socket.SocketDoor;
import org.zegel.model.Scope;
import tools.jackson.databind.JsonNode;

/** What docs/PROTOCOL.md says of pairing, done at real doors by a client that knows the page and not the code. */
class PairingAtDoorsTest {
    private static final byte[] NONCE = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String BEGIN = "{\"name\":\"My webmail\",\"scopes\":[\"verify\",\"decrypt\"],\"commitment\":\""
            + encode(sha256(NONCE)) + "\"}";

    @TempDir
    Path home;

    private static final String EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop/";
    private static final String PAGE = "https://mail.example";

    private final AtomicReference<Question.Pairing> asked = new AtomicReference<>();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile Answer answer = yes("verify", "decrypt");
    private TestParts parts;

    @BeforeEach
    void open() throws Exception {
        parts = new TestParts(home, Duration.ofMinutes(1), new Watched());
    }

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void aProgramAtTheSocketShowsTheDialogsCode() throws Exception {
        try (SocketDoor door = SocketDoor.open(home.resolve("s"), parts.gate(), parts.events(), new Activity());
                DaemonLine line = DaemonLine.connect(home.resolve("s"));
                FramePeer peer = new FramePeer(line.in(), line.out(), line)) {
            JsonNode begun = peer.call("client.pair", BEGIN).get("result");
            JsonNode paired = peer.call("client.pair", finish(begun)).get("result");
            assertThat(asked.get().code()).isEqualTo(code(begun, "socket", "", ""));
            assertThat(proof(peer.call("hello", challenge(paired)).get("result")))
                    .isEqualTo(expectedProof(paired, "socket", "", ""));
        }
    }

    @Test
    void anExtensionBehindTheRelayShowsTheDialogsCode() throws Exception {
        String origin = EXTENSION;
        try (SocketDoor door = SocketDoor.open(home.resolve("s"), parts.gate(), parts.events(), new Activity());
                DaemonLine line = DaemonLine.connect(home.resolve("s"));
                FramePeer peer = new FramePeer(line.in(), line.out(), line)) {
            peer.tell(("{\"jsonrpc\":\"2.0\",\"method\":\"$/relay\",\"params\":{\"origin\":\"" + origin + "\"}}")
                    .getBytes(StandardCharsets.UTF_8));
            JsonNode begun = peer.call("client.pair", BEGIN).get("result");
            peer.call("client.pair", finish(begun));
            assertThat(asked.get().code()).isEqualTo(code(begun, "native-messaging", origin, ""));
        }
    }

    @Test
    void aPageShowsTheDialogsCodeAndKnowsItsDaemonFromAnotherPort() throws Exception {
        String page = PAGE;
        try (HttpDoor door = parts.http();
                HttpClient http = HttpClient.newHttpClient()) {
            String port = Integer.toString(door.port());
            JsonNode begun = post(http, door, page, "/pair", BEGIN);
            JsonNode paired = post(http, door, page, "/pair", finish(begun));
            assertThat(asked.get().code()).isEqualTo(code(begun, "http", page, port));
            String proof = proof(post(http, door, page, "/hello", challenge(paired)));
            assertThat(proof)
                    .isEqualTo(expectedProof(paired, "http", page, port))
                    .isNotEqualTo(expectedProof(paired, "http", page, Integer.toString(door.port() + 1)));
        }
    }

    /** Each door, as a client of it pairs there. */
    enum Way {
        SOCKET,
        RELAY,
        HTTP
    }

    @ParameterizedTest
    @EnumSource
    void thePersonMayGrantLessThanWasAsked(Way way) throws Exception {
        answer = yes("verify");
        JsonNode paired = pair(way);
        assertThat(paired.at("/result/scopes").values().stream().map(JsonNode::stringValue))
                .containsExactly("verify");
        assertThat(asked.get().scopes()).containsExactlyInAnyOrder(Scope.VERIFY, Scope.DECRYPT);
    }

    @ParameterizedTest
    @EnumSource
    void thePersonMayGrantNothing(Way way) throws Exception {
        answer = yes();
        assertThat(code(pair(way))).isEqualTo("consent-denied");
    }

    @ParameterizedTest
    @EnumSource
    void aNoIsANoAndALastingOneIsNotAskedAgain(Way way) throws Exception {
        answer = Answer.of(Answer.Decision.DENY);
        assertThat(code(pair(way))).isEqualTo("consent-denied");
        answer = Answer.of(Answer.Decision.DENY_FOREVER);
        assertThat(code(pair(way))).isEqualTo("consent-denied");
        assertThat(questions.get()).isEqualTo(2);
        answer = yes("verify");
        assertThat(code(pair(way))).isEqualTo("consent-denied");
        assertThat(questions.get()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells the user at every door")
    void theUserOfTheCallerIsKnown(Way way) throws Exception {
        pair(way);
        assertThat(asked.get().caller().user()).isEqualTo(((Number) Files.getAttribute(home, "unix:uid")).longValue());
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells the program behind a connection")
    void overHttpTheDialogKnowsTheProgramBehindThePage() throws Exception {
        pair(Way.HTTP);
        assertThat(asked.get().caller().program())
                .isEqualTo(Path.of(System.getProperty("java.home"), "bin", "java")
                        .toRealPath()
                        .toString());
        assertThat(asked.get().caller().process())
                .isEqualTo(ProcessHandle.current().pid());
    }

    /** The answer to the second step, or to the first where that is an error; as JSON-RPC has it. */
    private JsonNode pair(Way way) throws Exception {
        return switch (way) {
            case SOCKET -> pairAtSocket("");
            case RELAY ->
                pairAtSocket(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"$/relay\",\"params\":{\"origin\":\"" + EXTENSION + "\"}}");
            case HTTP -> {
                try (HttpDoor door = parts.http();
                        HttpClient http = HttpClient.newHttpClient()) {
                    JsonNode begun = post(http, door, PAGE, "/pair", BEGIN);
                    yield begun.has("pairing")
                            ? wrapped(post(http, door, PAGE, "/pair", finish(begun)))
                            : wrapped(begun);
                }
            }
        };
    }

    private JsonNode pairAtSocket(String introduction) throws Exception {
        try (SocketDoor door = SocketDoor.open(home.resolve("s"), parts.gate(), parts.events(), new Activity());
                DaemonLine line = DaemonLine.connect(home.resolve("s"));
                FramePeer peer = new FramePeer(line.in(), line.out(), line)) {
            if (!introduction.isEmpty()) {
                peer.tell(introduction.getBytes(StandardCharsets.UTF_8));
            }
            JsonNode begun = peer.call("client.pair", BEGIN);
            return begun.has("result") ? peer.call("client.pair", finish(begun.get("result"))) : begun;
        }
    }

    private static JsonNode wrapped(JsonNode result) throws Exception {
        return result.has("error")
                ? result
                : Peer.parse(("{\"result\":" + result + "}").getBytes(StandardCharsets.UTF_8));
    }

    private static String code(JsonNode answer) {
        return answer.at("/error/data/code").asString();
    }

    private static Answer yes(String... scopes) {
        return new Answer(
                Answer.Decision.ONCE,
                Stream.of(scopes)
                        .map(scope -> Scope.valueOf(scope.toUpperCase(java.util.Locale.ROOT)))
                        .collect(Collectors.toSet()));
    }

    private static JsonNode post(HttpClient http, HttpDoor door, String origin, String path, String body)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                .header("Origin", origin)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return Peer.parse(
                http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    }

    private static String finish(JsonNode begun) {
        return "{\"pairing\":\"" + begun.get("pairing").stringValue() + "\",\"nonce\":\"" + encode(NONCE) + "\"}";
    }

    private static String challenge(JsonNode paired) {
        return "{\"client\":\"" + paired.get("client").stringValue() + "\",\"challenge\":\"" + encode(NONCE) + "\"}";
    }

    private static String proof(JsonNode hello) {
        return hello.get("proof").stringValue();
    }

    private static String code(JsonNode begun, String door, String origin, String port) {
        byte[] daemons = Base64.getUrlDecoder().decode(begun.get("nonce").stringValue());
        byte[] hash = sha256(joined(
                ascii("zegel-pairing"),
                NONCE,
                daemons,
                ascii("My webmail"),
                ascii("decrypt verify"),
                ascii(door),
                ascii(origin),
                ascii(port)));
        return "%06d".formatted(Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt()) % 1_000_000);
    }

    private static String expectedProof(JsonNode paired, String door, String origin, String port) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(
                Base64.getUrlDecoder().decode(paired.get("key").stringValue()), "HmacSHA256"));
        return encode(mac.doFinal(joined(ascii("zegel-hello"), ascii(door), ascii(origin), ascii(port), NONCE)));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(ByteBuffer.allocate(4).putInt(part.length).array());
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A person who says yes, and whose dialog can be read. */
    private final class Watched extends TestPrompter {
        @Override
        public Answer ask(Question question) {
            Question.Pairing pairing = (Question.Pairing) question;
            asked.set(pairing);
            questions.incrementAndGet();
            return answer;
        }
    }
}
