package org.zegel.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zegel.door.Pairing;
import org.zegel.door.TestParts;
import org.zegel.fixtures.Needs;

/** Whoever sends too much, or may not send at all, gets to read why. */
@Timeout(120)
class RefusedUploadTest {
    /** Beyond the limit for one message in these tests, which is 10 MiB. */
    private static final int OVER = 100 << 20;

    private static final String WRONG = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @TempDir
    Path home;

    private TestParts parts;
    private HttpDoor door;
    private String token;

    @BeforeEach
    void open() throws Exception {
        parts = new TestParts(home, Duration.ofMinutes(1));
        door = parts.http();
        token = Pairing.pair(
                (method, params) -> RawHttp.send(
                                door.port(), RawHttp.request(door.port(), "POST /pair", RawHttp.JSON, params))
                        .split("\r\n\r\n", 2)[1],
                "verify");
    }

    @AfterEach
    void close() {
        door.close();
        parts.close();
    }

    @ParameterizedTest
    @CsvSource({
        "true,  false, false, 413",
        "true,  true,  false, 413",
        "true,  false, true,  413",
        "true,  true,  true,  413",
        "false, false, false, 401",
        "false, true,  false, 401",
        "false, false, true,  401"
    })
    void theJdksClientReadsTheStatus(boolean paired, boolean expect, boolean chunked, int status) throws Exception {
        byte[] body = new byte[OVER];
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + "/content"))
                .header("Content-Type", "application/octet-stream")
                .header("Authorization", "Bearer " + (paired ? token : WRONG))
                .expectContinue(expect)
                .timeout(Duration.ofSeconds(60))
                .PUT(
                        chunked
                                ? HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).contains(status == 401 ? "not-paired" : "content-too-large");
        }
        assertThat(parts.contents().count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "true,  Expect:,              413",
        "true,  Expect: 100-continue, 413",
        "false, Expect:,              401",
        "false, Expect: 100-continue, 401"
    })
    void curlReadsTheStatus(boolean paired, String expect, int status) throws Exception {
        Needs.program("curl");
        Path body = home.resolve("body");
        Files.write(body, new byte[OVER]);
        Process curl = new ProcessBuilder(
                        "curl",
                        "-sS",
                        "-w",
                        " %{http_code} %{size_upload}",
                        "-T",
                        body.toString(),
                        "-H",
                        "Content-Type: application/octet-stream",
                        "-H",
                        expect,
                        "--config",
                        "-",
                        "http://127.0.0.1:" + door.port() + "/content")
                .redirectErrorStream(true)
                .start();
        try (var config = curl.getOutputStream()) {
            config.write(("header = \"Authorization: Bearer " + (paired ? token : WRONG) + "\"\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }
        String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor()).as(said).isZero();
        assertThat(said).contains(" " + status + " ");
        if (expect.contains("100")) {
            assertThat(said).endsWith(" " + status + " 0");
        }
    }

    @Test
    void whoeverSendsAllBeforeReadingStillReadsTheStatus() throws Exception {
        for (String presented : List.of(token, WRONG)) {
            try (Socket socket = RawHttp.connect(door.port())) {
                write(socket, head(presented, "Content-Length: " + OVER + "\r\nConnection: close\r\n"));
                socket.getOutputStream().write(new byte[OVER]);
                assertThat(RawHttp.statuses(RawHttp.rest(socket))).containsExactly(presented.equals(token) ? 413 : 401);
            }
        }
    }

    @Test
    void nobodyIsAskedForABodyThatIsRefusedByItsLength() throws Exception {
        String declared = "Content-Length: " + OVER + "\r\nConnection: close\r\nExpect: 100-continue\r\n";
        try (Socket socket = RawHttp.connect(door.port())) {
            write(socket, head(token, declared));
            assertThat(RawHttp.statuses(RawHttp.rest(socket))).containsExactly(413);
        }
    }

    @Test
    void aConnectionServesOnAfterARefusedBodyThatCameWhole() throws Exception {
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"client.self\"}";
        try (Socket socket = RawHttp.connect(door.port())) {
            write(socket, head(token, "Content-Length: " + OVER + "\r\n"));
            socket.getOutputStream().write(new byte[OVER]);
            write(
                    socket,
                    RawHttp.request(
                            door.port(), "POST /rpc", RawHttp.JSON + "Authorization: Bearer " + token + "\r\n", call));
            assertThat(RawHttp.statuses(RawHttp.rest(socket))).containsExactly(413, 200);
        }
    }

    @Test
    void aRefusedBodyWithoutEndIsReadWithinBounds() throws Exception {
        try (Socket socket = RawHttp.connect(door.port())) {
            write(socket, head(WRONG, "Transfer-Encoding: chunked\r\n"));
            byte[] chunk = ("100000\r\n" + " ".repeat(1 << 20) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            long sent = 0;
            List<String> cut = new ArrayList<>();
            while (cut.isEmpty() && sent < 4 * Leftovers.MAX_DISCARDED) {
                try {
                    socket.getOutputStream().write(chunk);
                    sent += chunk.length;
                } catch (SocketException reset) {
                    cut.add(reset.getMessage());
                }
            }
            assertThat(cut).hasSize(1);
            assertThat(sent).isLessThan(2 * Leftovers.MAX_DISCARDED);
        }
    }

    @Test
    void aRefusedBodyThatDoesNotComeIsNotWaitedForLong() throws Exception {
        try (Socket socket = RawHttp.connect(door.port())) {
            write(socket, head(WRONG, "Content-Length: " + OVER + "\r\n"));
            InputStream in = socket.getInputStream();
            byte[] status = in.readNBytes("HTTP/1.1 401".length());
            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 401");
            // The socket's own time-out is shorter than that of a body that is wanted.
            RawHttp.rest(socket);
        }
    }

    private String head(String presented, String headers) {
        return "PUT /content HTTP/1.1\r\nHost: 127.0.0.1:" + door.port() + "\r\nAuthorization: Bearer " + presented
                + "\r\nContent-Type: application/octet-stream\r\n" + headers + "\r\n";
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
