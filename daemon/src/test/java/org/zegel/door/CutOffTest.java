package org.zegel.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import org.zegel.model.Failure;
import tools.jackson.databind.JsonNode;

/** A client that is revoked, or whose time is over, is out at once, whatever it is doing and at whichever door. */
@Timeout(120)
class CutOffTest {
    private static final String ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop/";

    private final HoldsChanges person = new HoldsChanges();

    @TempDir
    Path home;

    private TestParts parts;
    private Daemon daemon;
    private FramePeer owner;

    /** The ways in. */
    enum Way {
        NATIVE_MESSAGING,
        HTTP,
        SOCKET
    }

    @BeforeEach
    void start() throws Exception {
        daemon = Daemon.start(RuntimeFiles.of(home), files -> {
                    parts = new TestParts(home, Duration.ofMinutes(5), person);
                    return parts;
                })
                .orElseThrow();
        owner = socket();
        owner.pair("[\"manage\"]");
    }

    @AfterEach
    void stop() throws IOException {
        owner.close();
        daemon.close();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aCallThatWaitsForThePersonEndsAndSoDoesItsQuestion(Way way) throws Exception {
        try (Peer peer = connect(way)) {
            String token = peer.pair("[\"manage\"]");
            person.hold = true;
            CompletableFuture<JsonNode> waiting = peer.begin(peer.newId(), "client.forgetDenied", "{}");
            await(() -> person.open.get() == 1);
            revoke(peer);
            assertThat(Peer.code(waiting.get(Peer.SECONDS, TimeUnit.SECONDS))).isEqualTo("not-paired");
            await(() -> person.open.get() == 0);
            assertOut(way, peer, token);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aCallThatRunsIsCancelled(Way way) throws Exception {
        try (Peer peer = connect(way)) {
            String token = peer.pair();
            CompletableFuture<JsonNode> running =
                    peer.begin(peer.newId(), "message.open", "{\"message\":{\"text\":\"slow 1000000\"}}");
            Thread.sleep(50);
            revoke(peer);
            assertThat(Peer.code(running.get(Peer.SECONDS, TimeUnit.SECONDS))).isIn("cancelled", "not-paired");
            assertOut(way, peer, token);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void itsContentsAreGone(Way way) throws Exception {
        try (Peer peer = connect(way)) {
            String token = peer.pair();
            String handle =
                    peer.call("content.create", "{}").at("/result/content").stringValue();
            assertThat(peer.call("content.append", "{\"content\":\"" + handle + "\",\"base64\":\"AAAA\"}")
                            .has("result"))
                    .isTrue();
            await(() -> contents() > 0);
            revoke(peer);
            await(() -> contents() == 0);
            assertOut(way, peer, token);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aClientWhoseTimeIsOverIsCutOffLikeOneThatWasRevoked(Way way) throws Exception {
        Thread ticking = Thread.ofVirtual().start(this::tick);
        try (Peer peer = connect(way)) {
            String token = peer.pair("[\"manage\"]");
            person.hold = true;
            CompletableFuture<JsonNode> waiting = peer.begin(peer.newId(), "client.forgetDenied", "{}");
            await(() -> person.open.get() == 1);
            // Less than before: nobody is asked.
            JsonNode changed = owner.call(
                    "client.change",
                    "{\"client\":\"" + id(peer) + "\",\"scopes\":[\"manage\"],\"expiresAt\":\""
                            + Instant.now().plusSeconds(2) + "\"}");
            assertThat(changed.has("result")).as(changed.toString()).isTrue();
            JsonNode answer = waiting.get(Peer.SECONDS, TimeUnit.SECONDS);
            assertThat(Peer.code(answer)).isIn("cancelled", "not-paired");
            await(() -> parts.gate() != null && isOut(token, way));
            await(this::isWrittenThatTimeIsOver);
            try (Peer again = connect(way)) {
                assertThat(Peer.code(again.authenticate(token))).isEqualTo("not-paired");
            }
        } finally {
            ticking.interrupt();
            ticking.join();
        }
    }

    @Test
    void aSendingAndAReadingTransferOverHttpAreCutInTheMiddle() throws Exception {
        try (HttpPeer peer = (HttpPeer) connect(Way.HTTP);
                Socket sending = new Socket("127.0.0.1", port());
                Socket reading = new Socket("127.0.0.1", port())) {
            String token = peer.pair();
            String path = "/content/"
                    + Peer.parse(peer.bytes("PUT", "/content", new byte[8 << 20])
                                    .body())
                            .get("content")
                            .stringValue();
            int before = contents();
            write(
                    sending,
                    "PUT /content",
                    token,
                    "Content-Type: application/octet-stream\r\nContent-Length: 1000000\r\n");
            sending.getOutputStream().write(new byte[1000]);
            write(reading, "GET " + path, token, "");
            assertThat(reading.getInputStream().readNBytes(1000)).hasSize(1000);
            await(() -> contents() == before + 1);
            revoke(peer);
            assertThat(drain(sending)).isLessThan(8 << 20);
            assertThat(drain(reading)).isLessThan(8 << 20);
            await(() -> contents() == 0);
        }
    }

    @Test
    void anEventStreamOverHttpEnds() throws Exception {
        try (Peer peer = connect(Way.HTTP);
                Socket events = new Socket("127.0.0.1", port())) {
            String token = peer.pair();
            write(events, "GET /events", token, "");
            assertThat(events.getInputStream().readNBytes(100)).hasSize(100);
            revoke(peer);
            assertThat(drain(events)).isLessThan(1000);
        }
    }

    @Test
    void whoUnpairsItselfGetsItsAnswer() throws Exception {
        for (Way way : Way.values()) {
            try (Peer peer = connect(way)) {
                String token = peer.pair();
                assertThat(peer.call("client.unpair", "{}").has("result")).isTrue();
                assertOut(way, peer, token);
            }
        }
    }

    private void revoke(Peer peer) throws Exception {
        assertThat(owner.call("client.revoke", "{\"client\":\"" + id(peer) + "\"}")
                        .has("result"))
                .isTrue();
    }

    /** Asked of the daemon's list: a call of the peer's own may be what waits. */
    private String id(Peer peer) throws Exception {
        String own = owner.call("client.self", "{}").at("/result/client").stringValue();
        for (JsonNode client : owner.call("client.list", "{}").at("/result/clients")) {
            String id = client.get("client").stringValue();
            if (!id.equals(own)) {
                return id;
            }
        }
        throw new AssertionError("nobody but the owner: " + peer);
    }

    private void assertOut(Way way, Peer peer, String token) throws Exception {
        if (way == Way.SOCKET) {
            ((FramePeer) peer).ended.get(Peer.SECONDS, TimeUnit.SECONDS);
        }
        if (way == Way.NATIVE_MESSAGING) {
            peer.nextEvent("daemon.stopped");
        }
        try (Peer again = connect(way)) {
            assertThat(Peer.code(again.authenticate(token))).isEqualTo("not-paired");
        }
    }

    private boolean isOut(String token, Way way) {
        try (Peer again = connect(way)) {
            return again.authenticate(token).has("error");
        } catch (Exception unreachable) {
            return false;
        }
    }

    private boolean isWrittenThatTimeIsOver() {
        try {
            return owner.call("audit.list", "{}").toString().contains("\"client.expire\"");
        } catch (Exception unreachable) {
            throw new IllegalStateException(unreachable);
        }
    }

    private int contents() {
        try {
            return owner.call("daemon.status", "{}").at("/result/contents").intValue();
        } catch (Exception unreachable) {
            throw new IllegalStateException(unreachable);
        }
    }

    private void tick() {
        try {
            while (true) {
                parts.tick();
                Thread.sleep(50);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private int port() {
        return daemon.httpPort().orElseThrow();
    }

    private void write(Socket socket, String request, String token, String more) throws IOException {
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(Peer.SECONDS));
        socket.getOutputStream()
                .write((request + " HTTP/1.1\r\nHost: 127.0.0.1:" + port() + "\r\nAuthorization: Bearer " + token
                                + "\r\n" + more + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Everything up to the end of the connection, which a time-out is not. */
    private static long drain(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[1 << 16];
        long all = 0;
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                all += read;
                if (new String(buffer, 0, read, StandardCharsets.US_ASCII).endsWith("0\r\n\r\n")) {
                    return all;
                }
            }
        } catch (java.net.SocketException reset) {
            return all;
        }
        return all;
    }

    private Peer connect(Way way) throws IOException {
        return switch (way) {
            case NATIVE_MESSAGING -> NativeMessagingDoorTest.relay(home, ORIGIN);
            case HTTP -> new HttpPeer(port());
            case SOCKET -> socket();
        };
    }

    private FramePeer socket() throws IOException {
        DaemonLine line = DaemonLine.connect(RuntimeFiles.of(home).socket());
        return new FramePeer(line.in(), line.out(), line);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 2000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /** Lets everybody in; thinks about changes for as long as it is told to. */
    private static final class HoldsChanges extends TestPrompter {
        private final AtomicInteger open = new AtomicInteger();
        private volatile boolean hold;

        @Override
        public Answer ask(Question question) throws Failure {
            if (question instanceof Question.Pairing pairing) {
                return new Answer(Answer.Decision.ONCE, pairing.scopes());
            }
            open.incrementAndGet();
            try {
                if (hold) {
                    new CountDownLatch(1).await();
                }
            } catch (InterruptedException withdrawn) {
                throw new Failure(Failure.Kind.CANCELLED, "withdrawn");
            } finally {
                open.decrementAndGet();
            }
            return new Answer(Answer.Decision.ONCE, Set.of());
        }
    }
}
