package org.zegel.door.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.door.Pairing;
import org.zegel.door.TestParts;
import org.zegel.protocol.Limits;

/** Crowds of connections, and bodies without an end. */
@Timeout(90)
class FloodTest {
    private static final int CROWD = 3000;
    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"client.self\"}";

    private static final int TRIES = 5;

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

    @Test
    void thousandsOfSilentConnectionsShutNobodyOut() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "open files are counted on Linux");
        long before = openFiles();
        List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < CROWD; i++) {
                crowd.add(RawHttp.connect(door.port()));
                if (i % 500 == 499) {
                    assertThat(servedSoon()).as("served among %s", i).isTrue();
                }
            }
            awaitOpenFiles(before + CROWD + Limits.MAX_CONNECTIONS + 20);
            assertThat(servedSoon()).isTrue();
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
        awaitOpenFiles(before + 5);
        assertThat(RawHttp.statuses(call())).containsExactly(200);
    }

    /** Between a thousand that arrive in the same moment one may be put out before its first byte is read. */
    private boolean servedSoon() throws Exception {
        for (int tries = 0; tries < TRIES; tries++) {
            try {
                if (RawHttp.statuses(call()).equals(List.of(200))) {
                    return true;
                }
            } catch (SocketException putOut) {
                assertThat(putOut).hasMessageMatching("(?i).*(reset|broken pipe).*");
            }
        }
        return false;
    }

    @Test
    void bodiesThatNeverComeShutNobodyOut() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * Limits.MAX_CONNECTIONS; i++) {
                Socket socket = RawHttp.connect(door.port());
                crowd.add(socket);
                write(
                        socket,
                        "POST /hello HTTP/1.1\r\nHost: 127.0.0.1:" + door.port() + "\r\n" + RawHttp.JSON
                                + "Origin: https://s" + i + ".site" + i + ".example\r\nContent-Length: 16000\r\n\r\n{");
            }
            assertThat(RawHttp.statuses(call())).containsExactly(200);
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    @Test
    void whoIsAtWorkIsNotPutOutForACrowd() throws Exception {
        try (Socket working = RawHttp.connect(door.port())) {
            write(
                    working,
                    "PUT /content HTTP/1.1\r\nHost: 127.0.0.1:" + door.port() + "\r\nAuthorization: Bearer "
                            + token + "\r\nContent-Type: application/octet-stream\r\nConnection: close\r\n"
                            + "Content-Length: 4\r\nExpect: 100-continue\r\n\r\n");
            byte[] asked = working.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
            assertThat(RawHttp.statuses(new String(asked, StandardCharsets.US_ASCII)))
                    .containsExactly(100);
            List<Socket> crowd = new ArrayList<>();
            for (int i = 0; i < 3 * Limits.MAX_CONNECTIONS; i++) {
                crowd.add(RawHttp.connect(door.port()));
            }
            write(working, "abcd");
            assertThat(RawHttp.statuses(RawHttp.rest(working))).containsExactly(201);
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    @Test
    void aBodyOfEndlessChunksIsRefusedAtItsLimit() throws Exception {
        String chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";
        try (Socket socket = RawHttp.connect(door.port())) {
            write(
                    socket,
                    "POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:" + door.port() + "\r\n" + RawHttp.JSON
                            + "Authorization: Bearer " + token + "\r\nTransfer-Encoding: chunked\r\n\r\n");
            long sent = 0;
            try {
                while (sent < 40L * Limits.MAX_INCOMING) {
                    write(socket, chunk);
                    sent += 0x1000;
                }
            } catch (SocketException refused) {
                assertThat(sent).isGreaterThanOrEqualTo(Limits.MAX_INCOMING);
            }
            assertThat(sent).isLessThan(40L * Limits.MAX_INCOMING);
        }
        assertThat(RawHttp.statuses(call())).containsExactly(200);
    }

    @Test
    void aHeaderWithoutEndIsRefusedAtItsLimit() throws IOException {
        String fits =
                RawHttp.request(door.port(), "POST /hello", RawHttp.JSON + "X: " + "a".repeat(15_000) + "\r\n", "{}");
        assertThat(RawHttp.statuses(RawHttp.send(door.port(), fits))).containsExactly(200);
        for (String more : List.of("X: " + "a".repeat(17_000) + "\r\n", "X: y\r\n".repeat(3000))) {
            String longer = RawHttp.request(door.port(), "POST /hello", RawHttp.JSON + more, "{}");
            assertThat(RawHttp.statuses(RawHttp.send(door.port(), longer))).allMatch(status -> status == 431);
        }
        assertThat(RawHttp.statuses(
                        RawHttp.send(door.port(), RawHttp.request(door.port(), "POST /" + "a".repeat(17_000), "", ""))))
                .allMatch(status -> status == 414 || status == 431);
    }

    private String call() throws IOException {
        return RawHttp.send(
                door.port(),
                RawHttp.request(
                        door.port(), "POST /rpc", RawHttp.JSON + "Authorization: Bearer " + token + "\r\n", CALL));
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    private static void awaitOpenFiles(long most) throws Exception {
        for (int i = 0; i < 200 && openFiles() > most; i++) {
            Thread.sleep(50);
        }
        assertThat(openFiles()).isLessThanOrEqualTo(most);
    }
}
