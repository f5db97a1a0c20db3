package org.zegel.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.consent.Answer;
import org.zegel.consent.Question;
import org.zegel.consent.TestPrompter;
import org.zegel.door.Activity;
import org.zegel.door.Pairing;
import org.zegel.door.TestParts;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Failure;
import org.zegel.protocol.JsonCodec;

/** Slow people are waited for, slow clients are not; with bounds that are small. */
class SlowClientTest {
    private static final Duration IDLE = Duration.ofMillis(400);
    private static final Duration HEADER = Duration.ofMillis(600);
    private static final Duration THINKING = Duration.ofMillis(2000);
    private static final String ORIGIN = "https://paired.example";

    @TempDir
    Path home;

    private TestParts parts;
    private HttpDoor door;

    @BeforeEach
    void open() throws IOException {
        parts = new TestParts(home, Duration.ofMinutes(1), new Thinker());
        door = HttpDoor.open(
                TestParts.FIRST_PORT,
                40,
                parts.gate(),
                parts.contents(),
                parts.events(),
                new Activity(),
                parts::isPairedOrigin,
                new HttpDoor.Patience(IDLE, HEADER));
    }

    @AfterEach
    void close() {
        door.close();
        parts.close();
    }

    @Test
    void aPersonMayTakeLongToPairAndToAgree() throws Exception {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            long start = System.nanoTime();
            String token = Pairing.pair((method, params) -> post(http, "/pair", params, null), "manage");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(THINKING);

            String pem = TestIdentity.pem(TestAuthority.root("Root").certificate());
            String call = JsonCodec.toJson(Map.of(
                    "jsonrpc",
                    "2.0",
                    "id",
                    1,
                    "method",
                    "trust.add",
                    "params",
                    Map.of("certificate", Map.of("text", pem))));
            assertThat(post(http, "/rpc", call, token)).contains("\"result\"");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(THINKING.multipliedBy(2));
        }
    }

    @Test
    void aHeaderThatTricklesIsCutOff() throws Exception {
        assertThat(cutOffAfter("POST /hello HTTP/1.1\r\nHost: 127.0.0.1:" + door.port() + "\r\nX-Slow: "))
                .isLessThan(HEADER.multipliedBy(5));
    }

    @Test
    void aSecondHeaderThatTricklesIsCutOffToo() throws Exception {
        String hello = "POST /hello HTTP/1.1\r\nHost: 127.0.0.1:" + door.port()
                + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
        assertThat(cutOffAfter(hello + "POST /hello HTTP/1.1\r\nX-Slow: ")).isLessThan(HEADER.multipliedBy(5));
    }

    @Test
    void aChunkWithoutALengthIsTheClientsMistake() throws Exception {
        try (Socket client = new Socket("127.0.0.1", door.port())) {
            client.setSoTimeout(10_000);
            client.getOutputStream()
                    .write(("POST /hello HTTP/1.1\r\nHost: 127.0.0.1:" + door.port()
                                    + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] status = client.getInputStream().readNBytes("HTTP/1.1 400".length());
            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 400");
        }
    }

    @Test
    void aBodyThatTricklesIsCutOff() throws Exception {
        assertThat(cutOffAfter("POST /hello HTTP/1.1\r\nHost: 127.0.0.1:" + door.port()
                        + "\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n"))
                .isLessThan(HEADER.multipliedBy(5));
    }

    @Test
    void chunksThatConsistOfTheirExtensionAloneAreCutOff() throws Exception {
        assertThat(cutOffAfter("POST /hello HTTP/1.1\r\nHost: 127.0.0.1:" + door.port()
                        + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1;x="))
                .isLessThan(HEADER.multipliedBy(5));
    }

    @Test
    void aBodyMayBeLaterThanItsHeader() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", door.port())) {
            socket.setSoTimeout(10_000);
            String header = "POST /hello HTTP/1.1\r\nHost: 127.0.0.1:" + door.port()
                    + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n";
            socket.getOutputStream().write(header.getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(IDLE.dividedBy(2));
            socket.getOutputStream().write("{}".getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void aClientThatSendsNothingIsCutOff() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", door.port())) {
            socket.setSoTimeout(10_000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    /** Sends the start, then a byte at a time faster than the idle time; tells when the door had enough. */
    private Duration cutOffAfter(String start) throws Exception {
        long began = System.nanoTime();
        try (Socket socket = new Socket("127.0.0.1", door.port())) {
            socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
            Thread reader = Thread.ofVirtual().start(() -> readAll(socket));
            for (int i = 0; i < 200 && reader.isAlive(); i++) {
                socket.getOutputStream().write('a');
                Thread.sleep(IDLE.dividedBy(8));
            }
            assertThat(reader.isAlive()).as("still connected").isFalse();
        } catch (SocketException cut) {
            assertThat(cut).hasMessageNotContaining("refused");
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static void readAll(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException cut) {
            // That is what is waited for.
        }
    }

    private String post(HttpClient http, String path, String body, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                .header("Content-Type", "application/json")
                .header("Origin", ORIGIN)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Says yes, after a while. */
    private static final class Thinker extends TestPrompter {
        @Override
        public Answer ask(Question question) throws Failure {
            try {
                Thread.sleep(THINKING);
            } catch (InterruptedException stop) {
                throw new Failure(Failure.Kind.CANCELLED, "interrupted");
            }
            return new Answer(
                    Answer.Decision.ONCE, question instanceof Question.Pairing pairing ? pairing.scopes() : Set.of());
        }
    }
}
