package org.zegel.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zegel.app.daemon.Daemon;
import org.zegel.app.daemon.DaemonLine;
import org.zegel.app.daemon.RuntimeFiles;
import org.zegel.consent.Answer;
import org.zegel.consent.Question;
import org.zegel.consent.TestPrompter;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Failure;
import org.zegel.protocol.JsonCodec;
import tools.jackson.databind.JsonNode;

/** A question is on the screen for as long as somebody wants its answer, whichever door it came through. */
@Timeout(120)
class WithdrawTest {
    private static final String ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop/";

    private final Undecided person = new Undecided();

    @TempDir
    Path home;

    private Daemon daemon;

    /** The ways in. */
    enum Way {
        NATIVE_MESSAGING,
        HTTP,
        SOCKET
    }

    @BeforeEach
    void start() throws Exception {
        daemon = Daemon.start(RuntimeFiles.of(home), files -> new TestParts(home, Duration.ofMinutes(5), person))
                .orElseThrow();
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aCancelledCallTakesItsQuestionBack(Way way) throws Exception {
        try (Peer peer = connect(way)) {
            peer.pair("[\"manage\"]");
            CompletableFuture<JsonNode> staying = trust(peer, peer.newId());
            await(() -> person.open.get() == 1);
            long id = peer.newId();
            CompletableFuture<JsonNode> waiting = trust(peer, id);
            Thread.sleep(50);
            peer.tell(cancel(id));
            assertThat(Peer.code(waiting.get(Peer.SECONDS, TimeUnit.SECONDS))).isEqualTo("cancelled");
            long shown = peer.newId();
            person.answer();
            assertThat(staying.get(Peer.SECONDS, TimeUnit.SECONDS).has("result"))
                    .isTrue();
            CompletableFuture<JsonNode> onTheScreen = trust(peer, shown);
            await(() -> person.open.get() == 1);
            peer.tell(cancel(shown));
            assertThat(Peer.code(onTheScreen.get(Peer.SECONDS, TimeUnit.SECONDS)))
                    .isEqualTo("cancelled");
            await(() -> person.open.get() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aClientThatLeavesTakesItsQuestionBack(Way way) throws Exception {
        Peer peer = connect(way);
        peer.pair("[\"manage\"]");
        trust(peer, peer.newId());
        await(() -> person.open.get() == 1);
        peer.close();
        await(() -> person.open.get() == 0);
        assertThat(person.interrupted).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aCallerThatLeavesTakesItsPairingBack(Way way) throws Exception {
        Peer peer = connect(way);
        byte[] nonce = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        JsonNode begun = peer.call(
                "client.pair",
                "{\"name\":\"Gone\",\"scopes\":[\"verify\"],\"commitment\":\""
                        + base64(MessageDigest.getInstance("SHA-256").digest(nonce)) + "\"}");
        person.decided = false;
        peer.begin(
                peer.newId(),
                "client.pair",
                "{\"pairing\":\"" + begun.at("/result/pairing").stringValue() + "\",\"nonce\":\"" + base64(nonce)
                        + "\"}");
        await(() -> person.open.get() == 1);
        peer.close();
        await(() -> person.open.get() == 0);
        assertThat(person.interrupted).hasValue(1);
    }

    @Test
    void aRevokedClientsQuestionIsTakenBack() throws Exception {
        try (Peer peer = connect(Way.SOCKET);
                Peer other = connect(Way.SOCKET)) {
            String token = peer.pair("[\"manage\"]");
            CompletableFuture<JsonNode> call = trust(peer, peer.newId());
            await(() -> person.open.get() == 1);
            other.authenticate(token);
            assertThat(other.call("client.unpair", "{}").has("result")).isTrue();
            assertThat(Peer.code(call.get(Peer.SECONDS, TimeUnit.SECONDS))).isEqualTo("not-paired");
            await(() -> person.open.get() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theDaemonsEndTakesEveryQuestionBack(Way way) throws Exception {
        try (Peer peer = connect(way)) {
            peer.pair("[\"manage\"]");
            CompletableFuture<JsonNode> call = trust(peer, peer.newId());
            await(() -> person.open.get() == 1);
            daemon.close();
            assertThat(person.open).hasValue(0);
            assertThat(Peer.code(call.get(Peer.SECONDS, TimeUnit.SECONDS))).isEqualTo("cancelled");
        }
    }

    /** Bytes that are ahead of their time are no hanging up, and are served in their turn. */
    @Test
    void aClientThatSendsItsNextRequestEarlyIsStillThere() throws Exception {
        try (Peer peer = connect(Way.HTTP);
                Socket socket = new Socket("127.0.0.1", daemon.httpPort().orElseThrow())) {
            String token = peer.pair("[\"manage\"]");
            socket.setSoTimeout(20_000);
            person.decided = false;
            socket.getOutputStream()
                    .write((post(token, "trust.add", trustParams()) + post(token, "content.create", "{}"))
                            .getBytes(StandardCharsets.US_ASCII));
            await(() -> person.open.get() == 1);
            Thread.sleep(100);
            assertThat(person.open).hasValue(1);
            person.answer();
            byte[] answers = new byte[4096];
            int length = 0;
            String seen = "";
            while (!seen.contains("\"content\"")) {
                int read = socket.getInputStream().read(answers, length, answers.length - length);
                assertThat(read).as(seen).isPositive();
                length += read;
                seen = new String(answers, 0, length, StandardCharsets.US_ASCII);
            }
            assertThat(seen).doesNotContain("\"error\"");
        }
    }

    private String post(String token, String method, String params) {
        byte[] body = Peer.message(1, method, params);
        return "POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:" + daemon.httpPort().orElseThrow() + "\r\nAuthorization: Bearer "
                + token + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n"
                + new String(body, StandardCharsets.US_ASCII);
    }

    private Peer connect(Way way) throws Exception {
        return switch (way) {
            case NATIVE_MESSAGING -> NativeMessagingDoorTest.relay(home, ORIGIN);
            case HTTP -> new HttpPeer(daemon.httpPort().orElseThrow());
            case SOCKET -> {
                DaemonLine line = DaemonLine.connect(RuntimeFiles.of(home).socket());
                yield new FramePeer(line.in(), line.out(), line);
            }
        };
    }

    /** A call that asks the person, who is undecided from then on. */
    private CompletableFuture<JsonNode> trust(Peer peer, long id) throws Exception {
        person.decided = false;
        return peer.begin(id, "trust.add", trustParams());
    }

    private static String trustParams() throws Exception {
        String pem = TestIdentity.pem(TestAuthority.root("Root").certificate());
        return JsonCodec.toJson(Map.of("certificate", Map.of("text", pem)));
    }

    private static byte[] cancel(long id) {
        return ("{\"jsonrpc\":\"2.0\",\"method\":\"$/cancel\",\"params\":{\"id\":" + id + "}}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 2000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /** Says yes until undecided, then waits to be told. */
    private static final class Undecided extends TestPrompter {
        private final AtomicInteger open = new AtomicInteger();
        private final AtomicInteger interrupted = new AtomicInteger();
        private volatile boolean decided = true;
        private volatile CountDownLatch told = new CountDownLatch(1);

        /** Says yes to what is on the screen, and is undecided of the next. */
        void answer() {
            CountDownLatch now = told;
            told = new CountDownLatch(1);
            now.countDown();
        }

        @Override
        public Answer ask(Question question) throws Failure {
            open.incrementAndGet();
            try {
                if (!decided) {
                    told.await();
                }
            } catch (InterruptedException withdrawn) {
                interrupted.incrementAndGet();
                throw new Failure(Failure.Kind.CANCELLED, "withdrawn");
            } finally {
                open.decrementAndGet();
            }
            return new Answer(
                    Answer.Decision.ONCE, question instanceof Question.Pairing pairing ? pairing.scopes() : Set.of());
        }
    }
}
