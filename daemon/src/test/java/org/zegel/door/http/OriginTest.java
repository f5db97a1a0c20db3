package org.zegel.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.door.Pairing;
import org.zegel.door.TestParts;

/** A token is good together with the Origin that paired for it. */
class OriginTest {
    private static final String EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop";
    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"client.self\"}";
    private static final String NOT_THERE = "/content/none";

    @TempDir
    static Path home;

    private static TestParts parts;
    private static HttpDoor door;
    private static String extensionToken;
    private static String programToken;

    @BeforeAll
    static void open() throws Exception {
        parts = new TestParts(home, Duration.ofMinutes(1));
        door = parts.http();
        extensionToken = pair("Origin: " + EXTENSION + "\r\n");
        pair("Origin: https://other.example\r\n");
        programToken = pair("");
    }

    @AfterAll
    static void close() {
        door.close();
        parts.close();
    }

    @Test
    void withItsOriginATokenIsGood() throws IOException {
        assertThat(send("POST", "/rpc", extensionToken, "Origin: " + EXTENSION)).isEqualTo(200);
        assertThat(send("PUT", NOT_THERE, extensionToken, "Origin: " + EXTENSION))
                .isEqualTo(404);
        assertThat(send("GET", NOT_THERE, extensionToken, "Origin: " + EXTENSION))
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: y", "Sec-Fetch-Site: none", "Sec-Fetch-Site: cross-site"})
    void postAndPutNeedTheOrigin(String header) throws IOException {
        assertThat(send("POST", "/rpc", extensionToken, header)).isEqualTo(401);
        assertThat(send("PUT", NOT_THERE, extensionToken, header)).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "X: y, 404",
        "Sec-Fetch-Site: none, 404",
        "Sec-Fetch-Site: cross-site, 401",
        "Sec-Fetch-Site: same-site, 401",
        "Sec-Fetch-Site: same-origin, 401",
        "Sec-Fetch-Site: , 401"
    })
    void aGetMayLackTheOriginWhereNoPageCanHaveMadeIt(String header, int status) throws IOException {
        assertThat(send("GET", NOT_THERE, extensionToken, header)).isEqualTo(status);
    }

    @Test
    void anotherPairedOriginDoesNotMakeItGood() throws IOException {
        for (String method : new String[] {"PUT", "GET"}) {
            assertThat(send(method, NOT_THERE, extensionToken, "Origin: https://other.example"))
                    .isEqualTo(401);
            assertThat(send(method, NOT_THERE, programToken, "Origin: https://other.example"))
                    .isEqualTo(401);
        }
        assertThat(send("POST", "/rpc", extensionToken, "Origin: https://other.example"))
                .isEqualTo(401);
    }

    @Test
    void aProgramHasNoOrigin() throws IOException {
        assertThat(send("POST", "/rpc", programToken, "X: y")).isEqualTo(200);
        assertThat(send("GET", NOT_THERE, programToken, "X: y")).isEqualTo(404);
    }

    private static String pair(String header) throws Exception {
        return Pairing.pair(
                (method, params) ->
                        raw("POST", "/pair", "application/json", header, params).split("\r\n\r\n", 2)[1],
                "verify");
    }

    private static int send(String method, String path, String token, String header) throws IOException {
        String type = method.equals("POST") ? "application/json" : "application/octet-stream";
        String headers = "Authorization: Bearer " + token + "\r\n" + header + "\r\n";
        String body = method.equals("GET") ? "" : CALL;
        return Integer.parseInt(raw(method, path, type, headers, body).split(" ")[1]);
    }

    private static String raw(String method, String path, String type, String headers, String body) throws IOException {
        String request = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + door.port()
                + "\r\nConnection: close\r\nContent-Type: " + type + "\r\n" + headers
                + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n" + body;
        try (Socket socket = new Socket("127.0.0.1", door.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
