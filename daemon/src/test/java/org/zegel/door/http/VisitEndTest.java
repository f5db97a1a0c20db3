package org.zegel.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.dispatch.Gate;
import org.zegel.dispatch.Session;
import org.zegel.door.Activity;
import org.zegel.door.Pairing;
import org.zegel.door.TestParts;
import org.zegel.event.Event;
import org.zegel.model.Client;
import org.zegel.model.Progress;
import org.zegel.protocol.Limits;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;

/** However a request ends, its session is closed and nobody counts as inside any more. */
@Timeout(90)
class VisitEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration HEADER = Duration.ofMillis(600);

    @TempDir
    Path home;

    private final AtomicInteger entered = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final Activity activity = new Activity();
    private TestParts parts;
    private HttpDoor door;
    private String token;
    private int before;

    @BeforeEach
    void open() throws Exception {
        parts = new TestParts(home, Duration.ofMinutes(1));
        Gate gate = caller -> {
            entered.incrementAndGet();
            open.incrementAndGet();
            return new Counted(parts.gate().enter(caller));
        };
        door = HttpDoor.open(
                TestParts.FIRST_PORT,
                40,
                gate,
                parts.contents(),
                parts.events(),
                activity,
                parts::isPairedOrigin,
                new HttpDoor.Patience(Duration.ofSeconds(5), HEADER));
        token = Pairing.pair(
                (method, params) -> RawHttp.send(
                                door.port(), RawHttp.request(door.port(), "POST /pair", RawHttp.JSON, params))
                        .split("\r\n\r\n", 2)[1],
                "verify");
        before = entered.get();
        assertThatAllHaveLeft();
    }

    @AfterEach
    void close() {
        door.close();
        parts.close();
    }

    @Test
    void whenAllGoesWell() throws Exception {
        assertThat(RawHttp.send(door.port(), rpc("client.self", "{}"))).contains("\"result\"");
        assertThatAllHaveLeft();
    }

    @Test
    void whenTheClientLeavesInTheMiddleOfItsBody() throws Exception {
        leaveAfter(header("POST /rpc", RawHttp.JSON + "Content-Length: 5000\r\n") + "{\"jsonrpc\":");
        leaveAfter(header("POST /rpc", RawHttp.JSON + "Content-Length: 5000\r\n"));
        leaveAfter(header("PUT /content", "Content-Type: application/octet-stream\r\nContent-Length: 5000\r\n") + "x");
        assertThatAllHaveLeft();
    }

    @Test
    void whenTheBodyIsTooLong() throws Exception {
        try (Socket socket = RawHttp.connect(door.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(ascii(header("POST /rpc", RawHttp.JSON + "Transfer-Encoding: chunked\r\n")
                    + Integer.toHexString(Limits.MAX_INCOMING + 1) + "\r\n"));
            out.write(new byte[Limits.MAX_INCOMING + 1]);
            out.write(ascii("\r\n0\r\n\r\n"));
            assertThat(RawHttp.statuses(RawHttp.rest(socket))).contains(413);
        } catch (SocketException answeredBefore) {
            assertThat(answeredBefore).hasMessageNotContaining("refused");
        }
        assertThatAllHaveLeft();
    }

    @Test
    void whenTheBodyIsNoHttp() throws Exception {
        String bad = header("POST /rpc", RawHttp.JSON + "Transfer-Encoding: chunked\r\n") + "ZZ\r\n{}";
        assertThat(RawHttp.statuses(RawHttp.send(door.port(), bad))).containsExactly(400);
        assertThatAllHaveLeft();
    }

    @Test
    void whenTheBodyTrickles() throws Exception {
        try (Socket socket = RawHttp.connect(door.port())) {
            socket.getOutputStream().write(ascii(header("POST /rpc", RawHttp.JSON + "Content-Length: 9000\r\n")));
            Thread answer = Thread.ofVirtual().start(() -> readAll(socket));
            while (answer.isAlive()) {
                socket.getOutputStream().write(' ');
                Thread.sleep(HEADER.dividedBy(8));
            }
        } catch (SocketException cut) {
            assertThat(cut).hasMessageNotContaining("refused");
        }
        assertThatAllHaveLeft();
    }

    @Test
    void whenTheRequestIsRefusedAfterTheRules() throws Exception {
        String unknown = RawHttp.send(door.port(), header("GET /content/nothing", ""));
        assertThat(RawHttp.statuses(unknown)).containsExactly(404);
        String hello = RawHttp.request(door.port(), "POST /hello", RawHttp.JSON, "{\"token\":\"x\"}");
        assertThat(RawHttp.statuses(RawHttp.send(door.port(), hello))).containsExactly(400);
        assertThatAllHaveLeft();
    }

    @Test
    void whenZegelMakesAMistake() throws Exception {
        String answer = RawHttp.send(door.port(), rpc("message.inspect", "{\"message\":{\"text\":\"mistake\"}}"));
        assertThat(answer).contains("internal-error");
        String error = RawHttp.send(door.port(), rpc("message.inspect", "{\"message\":{\"text\":\"error\"}}"));
        assertThat(RawHttp.statuses(error)).hasSizeLessThan(2);
        assertThatAllHaveLeft();
    }

    @Test
    void whenAnEventStreamIsLeftOrFindsNoRoom() throws Exception {
        List<Socket> streams = new ArrayList<>();
        try {
            for (int i = 0; i < EventStreams.MAX_STREAMS; i++) {
                Socket stream = RawHttp.connect(door.port());
                streams.add(stream);
                stream.getOutputStream().write(ascii(header("GET /events", "")));
                assertThat(new String(stream.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 200");
            }
            assertThat(RawHttp.statuses(RawHttp.send(door.port(), header("GET /events", ""))))
                    .containsExactly(503);
        } finally {
            for (Socket stream : streams) {
                stream.setSoLinger(true, 0);
                stream.close();
            }
        }
        await("streams that find out", () -> {
            parts.events().publish(new Event("token.removed", null, Map.of()));
            return open.get() == 0;
        });
        assertThatAllHaveLeft();
    }

    @Test
    void whenTheClientDoesNotWaitForItsAnswer() throws Exception {
        for (int i = 0; i < 10; i++) {
            leaveAfter(rpc("message.open", "{\"message\":{\"text\":\"slow 40\"}}"));
            leaveAfter(rpc("client.self", "{}"));
        }
        assertThatAllHaveLeft();
    }

    private void leaveAfter(String bytes) throws IOException, InterruptedException {
        int already = entered.get();
        try (Socket socket = RawHttp.connect(door.port())) {
            socket.getOutputStream().write(ascii(bytes));
            await("let in", () -> entered.get() > already);
        }
    }

    private void assertThatAllHaveLeft() throws InterruptedException {
        assertThat(entered).as("requests that passed the rules").hasValueGreaterThanOrEqualTo(before);
        await("sessions are closed", () -> open.get() == 0);
        await("nobody is inside", () -> !activity.quiet().isZero());
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean())
                .as("%s; open: %s of %s", what, open, entered)
                .isTrue();
    }

    private String rpc(String method, String params) {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":" + entered.get() + ",\"method\":\"" + method + "\",\"params\":"
                + params + "}";
        return header("POST /rpc", RawHttp.JSON + "Content-Length: " + body.length() + "\r\n") + body;
    }

    private String header(String line, String headers) {
        return RawHttp.request(door.port(), line, "Authorization: Bearer " + token + "\r\n" + headers, "");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void readAll(Socket socket) {
        try {
            RawHttp.rest(socket);
        } catch (IOException cut) {
            // That is what is waited for.
        }
    }

    /** Tells when it is closed, once; and makes mistakes when asked to. */
    private final class Counted implements Session {
        private final Session session;
        private boolean closed;

        Counted(Session session) {
            this.session = session;
        }

        @Override
        public boolean authenticate(String offered) {
            return session.authenticate(offered);
        }

        @Override
        public Optional<Client> client() {
            return session.client();
        }

        @Override
        public Result call(Request request, Progress progress) throws RequestError {
            if (request instanceof MessageRequest.Inspect inspect) {
                if ("mistake".equals(inspect.message().text())) {
                    throw new IllegalStateException("mistake of the test");
                }
                throw new AssertionError("error of the test");
            }
            return session.call(request, progress);
        }

        @Override
        public void onCutOff(Runnable action) {
            session.onCutOff(action);
        }

        @Override
        public synchronized void close() {
            session.close();
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }
}
