package org.zegel.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.door.Pairing;
import org.zegel.door.TestParts;

/** One request is one request: nothing hides in another's body, and what is refused has no successor. */
class SmugglingTest {
    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"client.self\"}";

    @TempDir
    static Path home;

    private static TestParts parts;
    private static HttpDoor door;
    private static String token;

    @BeforeAll
    static void open() throws Exception {
        parts = new TestParts(home, Duration.ofMinutes(1));
        door = parts.http();
        token = Pairing.pair(
                (method, params) -> RawHttp.send(
                                door.port(), RawHttp.request(door.port(), "POST /pair", RawHttp.JSON, params))
                        .split("\r\n\r\n", 2)[1],
                "verify");
    }

    @AfterAll
    static void close() {
        door.close();
        parts.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
                "Content-Length: 2, 2\r\n\r\n{}",
                "Content-Length: +2\r\n\r\n{}",
                "Content-Length: -2\r\n\r\n{}",
                "Content-Length: 0x2\r\n\r\n{}",
                "Content-Length: 2 2\r\n\r\n{}",
                "Content-Length: 99999999999999999999\r\n\r\n{}",
                "Content-Length:\r\n\r\n{}",
                "Content-Length : 2\r\n\r\n{}",
                "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding:\u000bchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "X-Folded: a\r\n b\r\nContent-Length: 2\r\n\r\n{}",
                "Content-Length: 2\nX: y\r\n\r\n{}",
                "Content-Length: 2\rX: y\r\n\r\n{}",
                "X: a\u0000b\r\nContent-Length: 2\r\n\r\n{}",
                "No colon\r\nContent-Length: 2\r\n\r\n{}",
                ": no name\r\nContent-Length: 2\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n",
                "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}X\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n"
            })
    void whatCanBeReadInTwoWaysIsRefusedAndEndsTheConnection(String rest) throws IOException {
        String answer = RawHttp.send(
                door.port(),
                "POST /hello HTTP/1.1\r\nHost: 127.0.0.1:" + door.port() + "\r\n" + RawHttp.JSON + rest + second());
        assertThat(RawHttp.statuses(answer)).hasSize(1).allMatch(status -> status == 400 || status == 501);
        assertThat(answer).doesNotContain("\"verify\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /hello|Content-Type: text/plain",
                "POST /hello|Content-Type: application/x-www-form-urlencoded",
                "POST /nowhere|X: y",
                "PATCH /rpc|X: y",
                "POST /rpc|Content-Type: application/json",
                "POST /hello|Origin: null",
                "POST /hello|Sec-Fetch-Mode: navigate",
                "POST /hello|Host: evil.example"
            })
    void whatFollowsARefusedRequestIsNotLookedAt(String refused) throws IOException {
        String[] parts = refused.split("\\|");
        String host = parts[1].startsWith("Host") ? "" : "Host: 127.0.0.1:" + door.port() + "\r\n";
        for (String length : List.of(Integer.toString(second().length()), "0")) {
            String answer = RawHttp.send(
                    door.port(),
                    parts[0] + " HTTP/1.1\r\n" + host + parts[1] + "\r\nContent-Length: " + length + "\r\n\r\n"
                            + second());
            assertThat(RawHttp.statuses(answer)).hasSize(1).allMatch(status -> status >= 400);
            assertThat(answer).containsIgnoringCase("Connection: close");
        }
    }

    @Test
    void requestsThatAreRightMayFollowOneAnother() throws IOException {
        String answer = RawHttp.send(door.port(), second().replace("Connection: close\r\n", "") + second());
        assertThat(RawHttp.statuses(answer)).containsExactly(200, 200);
    }

    @Test
    void chunkExtensionsAndTrailersChangeNothing() throws IOException {
        String answer = RawHttp.send(
                door.port(),
                "POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:" + door.port() + "\r\n" + RawHttp.JSON
                        + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n2;x=\"y\"\r\n{}\r\n0\r\n"
                        + "Authorization: Bearer " + token + "\r\n\r\n");
        assertThat(RawHttp.statuses(answer)).containsExactly(401);
    }

    @Test
    void aRefusedRequestIsNotAskedForItsBody() throws IOException {
        try (Socket socket = RawHttp.connect(door.port())) {
            socket.getOutputStream()
                    .write(("POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:" + door.port() + "\r\n" + RawHttp.JSON
                                    + "Content-Length: 8000000\r\nExpect: 100-continue\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(RawHttp.statuses(RawHttp.rest(socket))).containsExactly(401);
        }
    }

    @Test
    void anExpectationThatNobodyKnowsIsRefused() throws IOException {
        assertThat(RawHttp.statuses(RawHttp.send(
                        door.port(),
                        RawHttp.request(door.port(), "POST /hello", RawHttp.JSON + "Expect: miracles\r\n", "{}"))))
                .containsExactly(417);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "gzip, identity", "x-gzip"})
    void aPackedBodyIsRefusedUnread(String encoding) throws IOException {
        assertThat(RawHttp.statuses(RawHttp.send(
                        door.port(),
                        "POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:" + door.port() + "\r\n" + RawHttp.JSON
                                + "Authorization: Bearer " + token + "\r\nContent-Encoding: " + encoding
                                + "\r\nContent-Length: 8000000\r\n\r\n")))
                .containsExactly(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "h2c", "TLS/1.0", "HTTP/3.0"})
    void noProtocolIsChangedTo(String protocol) throws IOException {
        String upgrade = "Connection: Upgrade\r\nUpgrade: " + protocol
                + "\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        for (String line : List.of("GET /events", "GET /rpc", "GET /", "POST /hello")) {
            String body = line.startsWith("POST") ? "{}" : "";
            String answer = RawHttp.send(
                    door.port(),
                    line + " HTTP/1.1\r\nHost: 127.0.0.1:" + door.port() + "\r\n" + RawHttp.JSON + upgrade
                            + "Content-Length: " + body.length() + "\r\n\r\n" + body
                            + RawHttp.request(door.port(), "GET /nothing", "", ""));
            assertThat(RawHttp.statuses(answer)).isNotEmpty().doesNotContain(101);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT", "DELETE", "PATCH", "HEAD", "PROPFIND", "get", "POST\u0000", "JEFE"})
    void otherMethodsAreRefusedAndEchoNothing(String method) throws IOException {
        String answer = RawHttp.send(
                door.port(), RawHttp.request(door.port(), method + " /rpc", "Authorization: Bearer secret123\r\n", ""));
        assertThat(RawHttp.statuses(answer)).hasSize(1).allMatch(status -> status >= 400);
        assertThat(answer).doesNotContain("secret123");
    }

    /** A request that would be answered with what the client may do. */
    private static String second() {
        return RawHttp.request(
                door.port(), "POST /rpc", RawHttp.JSON + "Authorization: Bearer " + token + "\r\n", CALL);
    }
}
