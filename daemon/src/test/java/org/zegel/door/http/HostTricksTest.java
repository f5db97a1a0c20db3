package org.zegel.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.door.TestParts;

/** Nothing but our own three names gets past the Host header, however it is written. PORT stands for the door's port. */
class HostTricksTest {
    @TempDir
    static Path home;

    private static TestParts parts;
    private static HttpDoor door;

    @BeforeAll
    static void open() throws IOException {
        parts = new TestParts(home, Duration.ofMinutes(1));
        door = parts.http();
    }

    @AfterAll
    static void close() {
        door.close();
        parts.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: localhost.:PORT",
                "Host: x@127.0.0.1:PORT",
                "Host: 127.0.0.1:PORT@evil.example",
                "Host: 127.0.0.1:PORT.evil.example",
                "Host: 127.0.0.1.evil.example:PORT",
                "Host: 127.0.0.1:0",
                "Host: 127.0.0.1:",
                "Host: 127.0.0.1:0PORT",
                "Host: 127.0.0.1:+PORT",
                "Host: 127.1:PORT",
                "Host: 127.0.0.1%20:PORT",
                "Host: 2130706433:PORT",
                "Host: 0x7f000001:PORT",
                "Host: 0177.0.0.1:PORT",
                "Host: [::]:PORT",
                "Host: [0:0:0:0:0:0:0:1]:PORT",
                "Host: [::ffff:127.0.0.1]:PORT",
                "Host: [::1%lo]:PORT",
                "Host: ::1:PORT",
                "Host: [::1]",
                "Host: ",
                "Host: 127.0.0.1:PORT, evil.example",
                "Host: 127.0.0.1:PORT/evil",
                "Host: zegel.localhost:PORT",
                "Host: localtest.me:PORT",
                "Host: evil.example:PORT\r\nHost: 127.0.0.1:PORT",
                "Host: 127.0.0.1:PORT\r\nHost: evil.example:PORT",
                "Host: 127.0.0.1:PORT\r\nHost: 127.0.0.1:PORT",
                "Host : 127.0.0.1:PORT",
                "Host\t: 127.0.0.1:PORT",
                "X-Forwarded-Host: 127.0.0.1:PORT",
                "Host: evil.example:PORT\r\nX-Forwarded-Host: 127.0.0.1:PORT",
                "Host: evil.example:PORT\r\nForwarded: host=127.0.0.1:PORT",
                "X: y"
            })
    void noOtherHostIsServed(String headers) throws IOException {
        assertThat(status("POST /hello HTTP/1.1", headers)).isIn(400, 421);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST http://evil.example/hello HTTP/1.1",
                "POST http://evil.example:PORT/hello HTTP/1.1",
                "POST http://x@127.0.0.1:PORT/hello HTTP/1.1",
                "POST https://127.0.0.1/hello HTTP/1.1",
                "POST ftp://127.0.0.1:PORT/hello HTTP/1.1",
                "POST //evil.example/hello HTTP/1.1",
                "POST evil.example:80 HTTP/1.1",
                "POST * HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "CONNECT 127.0.0.1:PORT HTTP/1.1",
                "CONNECT evil.example:443 HTTP/1.1"
            })
    void aTargetThatNamesAnotherHostIsRefusedWhateverTheHeaderSays(String line) throws IOException {
        assertThat(status(line, "Host: 127.0.0.1:PORT")).isIn(400, 404, 405, 421);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/./hello",
                "/x/../hello",
                "//hello",
                "/hello;a=b",
                "/hello%00",
                "/%68ello",
                "/hello%2f",
                "/hello/",
                "/HELLO",
                "/hello%20",
                "/content/..%2frpc",
                "/content/../rpc",
                "\\hello",
                "/hello#x"
            })
    void aPathThatIsWrittenInAnotherWayIsNone(String path) throws IOException {
        assertThat(status("POST " + path + " HTTP/1.1", "Host: 127.0.0.1:PORT")).isIn(400, 404, 405);
    }

    @Test
    void oldAndNewVersionsOfHttpAreNotSpoken() throws IOException {
        String hello = "{}";
        assertThat(RawHttp.send(door.port(), "GET /hello\r\n\r\n")).doesNotContain("Zegel");
        assertThat(RawHttp.statuses(RawHttp.send(
                        door.port(), "POST /hello HTTP/1.0\r\n" + RawHttp.JSON + "Content-Length: 2\r\n\r\n" + hello)))
                .as("HTTP/1.0 without Host")
                .isEqualTo(List.of(421));
        String preface = RawHttp.send(door.port(), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        assertThat(preface).doesNotContain("Zegel");
        assertThat(RawHttp.statuses(preface)).allMatch(status -> status >= 400);
    }

    private static int status(String line, String headers) throws IOException {
        String port = Integer.toString(door.port());
        String request = line.replace("PORT", port) + "\r\n" + headers.replace("PORT", port) + "\r\n" + RawHttp.JSON
                + "Connection: close\r\nContent-Length: 2\r\n\r\n{}";
        String answer = RawHttp.send(door.port(), request);
        assertThat(answer).doesNotContain("\"Zegel\"").doesNotContain("Access-Control");
        return RawHttp.statuses(answer).getFirst();
    }
}
