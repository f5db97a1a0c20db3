package org.zegel.door.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zegel.door.TestParts;

/** The rules of the HTTP door, each with a request of bare bytes. */
class HttpRulesTest {
    private static final String JSON = "Content-Type: application/json\r\n";

    @TempDir
    static Path home;

    private static TestParts parts;
    private static HttpDoor door;

    @BeforeAll
    static void open() throws IOException {
        parts = new TestParts(home, Duration.ofMinutes(1));
        door = parts.http(origin -> origin.equals("https://paired.example"));
    }

    @AfterAll
    static void close() {
        door.close();
        parts.close();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 200",
        "localhost, 200",
        "LOCALHOST, 200",
        "[::1], 200",
        "127.0.0.2, 421",
        "evil.example, 421",
        "localhost., 421",
        "0.0.0.0, 421",
        "0:0:0:0:0:0:0:1, 400"
    })
    void theHostIsExactlyOurs(String name, int status) throws IOException {
        assertThat(status("POST /hello", name + ":" + door.port(), JSON, "{}")).isEqualTo(status);
    }

    @Test
    void listensOnLoopbackAlone() throws IOException {
        List<InetAddress> elsewhere = new ArrayList<>();
        elsewhere.add(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}));
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .forEach(elsewhere::add);
        for (InetAddress address : elsewhere) {
            assertThatThrownBy(() -> {
                        try (Socket socket = new Socket()) {
                            socket.connect(new InetSocketAddress(address, door.port()), 2000);
                        }
                    })
                    .as("%s", address)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aHostWithoutOrWithAnotherPortIsNotOurs() throws IOException {
        assertThat(status("POST /hello", "127.0.0.1", JSON, "{}")).isEqualTo(421);
        assertThat(status("POST /hello", "127.0.0.1:1", JSON, "{}")).isEqualTo(421);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /, 404",
        "GET /favicon.ico, 404",
        "POST /hello/, 404",
        "GET /content/a/b, 404",
        "GET /content/%2e%2e, 404",
        "GET /hello, 405",
        "DELETE /rpc, 405",
        "HEAD /events, 405",
        "GET /content, 405",
        "TRACE /rpc, 405"
    })
    void pathsAndMethodsAreFew(String request, int status) throws IOException {
        assertThat(status(request, host(), "", "")).isIn(status, 400);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Mode: navigate, 403",
        "Sec-Fetch-Mode: no-cors, 403",
        "Sec-Fetch-Mode: websocket, 403",
        "Sec-Fetch-Mode: cors, 200",
        "Origin: null, 403",
        "Origin: https://any.example, 200"
    })
    void pagesThatNavigateOrHideAreRefused(String header, int status) throws IOException {
        assertThat(status("POST /hello", host(), JSON + header + "\r\n", "{}")).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, 415",
        "application/x-www-form-urlencoded, 415",
        "multipart/form-data; boundary=x, 415",
        "application/jsonp, 415",
        "application/json; charset=utf-8, 200",
        "APPLICATION/JSON, 200"
    })
    void theContentTypeIsJson(String type, int status) throws IOException {
        assertThat(status("POST /hello", host(), "Content-Type: " + type + "\r\n", "{}"))
                .isEqualTo(status);
    }

    @Test
    void aMissingContentTypeIsRefused() throws IOException {
        assertThat(status("POST /rpc", host(), "", "{}")).isEqualTo(415);
        assertThat(status("PUT /content", host(), JSON, "{}")).isEqualTo(415);
    }

    @Test
    void anOriginThatIsNotPairedIsRefusedBeforeTheToken() throws IOException {
        assertThat(status("POST /rpc", host(), JSON + "Origin: https://other.example\r\n", "{}"))
                .isEqualTo(403);
        assertThat(status("POST /rpc", host(), JSON + "Origin: https://paired.example\r\n", "{}"))
                .isEqualTo(401);
        assertThat(status("POST /rpc", host(), JSON, "{}")).isEqualTo(401);
        assertThat(status("GET /events", host(), "", "")).isEqualTo(401);
    }

    @Test
    void theTokenIsReadFromItsHeaderOnly() throws IOException {
        assertThat(status("POST /rpc?token=x", host(), JSON, "{}")).isEqualTo(401);
        assertThat(status("POST /rpc", host(), JSON + "Authorization: Basic eDp4\r\n", "{}"))
                .isEqualTo(401);
        assertThat(status("POST /rpc", host(), JSON + "Cookie: token=x\r\n", "{}"))
                .isEqualTo(401);
        assertThat(status("POST /hello", host(), JSON, "{\"token\":\"x\"}")).isEqualTo(400);
    }

    @Test
    void greetingsAreShort() throws IOException {
        assertThat(status("POST /hello", host(), JSON, "{}" + " ".repeat(16 * 1024 - 2)))
                .isEqualTo(200);
        assertThat(status("POST /hello", host(), JSON, "{}" + " ".repeat(16 * 1024 - 1)))
                .isEqualTo(413);
    }

    @Test
    void corsAnswersOnlyWhomItMay() throws IOException {
        String hello = exchange("POST /hello", host(), JSON + "Origin: https://any.example\r\n", "{}");
        assertThat(hello)
                .contains("Access-Control-Allow-Origin: https://any.example")
                .contains("Vary: Origin");
        String ask = "Access-Control-Request-Method: POST\r\n";
        assertThat(exchange("OPTIONS /rpc", host(), ask + "Origin: https://other.example\r\n", ""))
                .startsWith("HTTP/1.1 403")
                .doesNotContain("Access-Control");
        assertThat(exchange("OPTIONS /rpc", host(), ask + "Origin: https://paired.example\r\n", ""))
                .startsWith("HTTP/1.1 204")
                .contains("Access-Control-Allow-Origin: https://paired.example")
                .contains("Access-Control-Allow-Headers: authorization, content-type");
    }

    @Test
    void saysNothingOfItself() throws IOException {
        assertThat(exchange("POST /hello", host(), JSON, "{}").split("\r\n\r\n")[0])
                .doesNotContainIgnoringCase("jetty")
                .doesNotContainIgnoringCase("javalin")
                .doesNotContainIgnoringCase("server:")
                .doesNotContainIgnoringCase("set-cookie");
        assertThat(raw("NONSENSE\r\n\r\n")).doesNotContainIgnoringCase("jetty");
    }

    @Test
    void knowsWhoseAConnectionIs() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        Files.writeString(
                home.resolve("tcp"),
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
                        + "   0: 0100007F:1F90 0100007F:B9FA 01 00000000:00000000 00:00000000 00000000  1000 0 77 1\n");
        InetSocketAddress peer = new InetSocketAddress(loopback, 0x1f90);
        InetSocketAddress local = new InetSocketAddress(loopback, 0xb9fa);
        try (TcpPeers theirs = TcpPeers.of(home, 1000);
                TcpPeers ours = TcpPeers.of(home, 1001)) {
            assertThat(theirs.inode(peer, local).join()).isEqualTo(77);
            assertThat(ours.inode(peer, local).join()).isEqualTo(TcpPeers.FOREIGN);
            assertThat(theirs.inode(new InetSocketAddress(loopback, 0x1f91), local)
                            .join())
                    .isEqualTo(TcpPeers.FOREIGN);
        }
    }

    private static String host() {
        return "127.0.0.1:" + door.port();
    }

    private static int status(String request, String host, String headers, String body) throws IOException {
        return Integer.parseInt(exchange(request, host, headers, body).split(" ")[1]);
    }

    private static String exchange(String request, String host, String headers, String body) throws IOException {
        String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        return raw(request + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + headers + length + "\r\n"
                + body);
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", door.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
