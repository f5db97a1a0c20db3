package org.zegel.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.door.Pairing;
import org.zegel.door.TestParts;

/** What those get who were never let in: little, not often, and all the same. */
class StrangersTest {
    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"client.self\"}";
    private static final String GOOD = "https://mail.good.example";

    @TempDir
    Path home;

    private TestParts parts;
    private HttpDoor door;
    private String program;
    private String page;

    @BeforeEach
    void open() throws Exception {
        parts = new TestParts(home, Duration.ofMinutes(1));
        door = parts.http();
        program = pair("");
        page = pair(origin(GOOD));
    }

    @AfterEach
    void close() {
        door.close();
        parts.close();
    }

    @Test
    void oneSiteThatAsksTooOftenDoesNotShutOutOthers() throws IOException {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            statuses.add(status("POST /pair", origin("https://h" + i + ".flood.example"), "{}"));
        }
        assertThat(statuses).contains(400, 429);
        assertThat(status("POST /pair", origin("https://other.example"), "{}")).isEqualTo(400);
        assertThat(status("POST /pair", "", "{}")).isEqualTo(400);
        assertThat(status("POST /pair", origin(GOOD), "{}")).isEqualTo(400);
    }

    @Test
    void allSitesTogetherHaveACeilingThatPairedOnesAndProgramsAreNotUnder() throws IOException {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            statuses.add(status("POST /pair", origin("https://flood" + i + ".example"), "{}"));
        }
        assertThat(statuses).contains(400, 429);
        assertThat(status("POST /pair", origin(GOOD), "{}")).isEqualTo(400);
        assertThat(status("POST /pair", "", "{}")).isEqualTo(400);
    }

    @Test
    void preflightsOfStrangersAreCounted() throws IOException {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 45; i++) {
            statuses.add(status(
                    "OPTIONS /pair", origin("https://flood.example") + "Access-Control-Request-Method: POST\r\n", ""));
        }
        assertThat(statuses).contains(204, 429);
        assertThat(status("OPTIONS /rpc", origin(GOOD) + "Access-Control-Request-Method: POST\r\n", ""))
                .isEqualTo(204);
    }

    @Test
    void guessingTokensSoonGetsNoAnswerAndTheRightOneComesTooLate() throws IOException {
        Set<Integer> statuses = new TreeSet<>();
        int tries = 0;
        for (int status = 401; status == 401 && tries < 100; tries++) {
            status = status("POST /rpc", origin(GOOD) + bearer("guess" + tries), CALL);
            statuses.add(status);
        }
        assertThat(statuses).containsExactly(401, 429);
        assertThat(status("POST /rpc", origin(GOOD) + bearer(page), CALL)).isEqualTo(429);
        assertThat(status("POST /rpc", bearer(program), CALL))
                .as("another caller's token")
                .isEqualTo(200);
    }

    @Test
    void aRequestWithoutATokenIsNoGuess() throws IOException {
        for (int i = 0; i < 15; i++) {
            assertThat(status("POST /rpc", "", CALL)).isEqualTo(401);
        }
    }

    @Test
    void aTokenIsWorthNothingElsewhereOrAfterwards() throws Exception {
        assertThat(status("POST /rpc", origin(GOOD) + bearer(page), CALL)).isEqualTo(200);
        assertThat(status("POST /rpc", bearer(page), CALL)).as("without Origin").isEqualTo(401);
        assertThat(status("POST /rpc", origin("https://evil.example") + bearer(page), CALL))
                .as("at another Origin")
                .isEqualTo(403);
        assertThat(status("POST /rpc", origin("http://mail.good.example") + bearer(page), CALL))
                .as("at the Origin's insecure namesake")
                .isEqualTo(403);
        assertThat(status("POST /rpc", origin(GOOD + ":8443") + bearer(page), CALL))
                .as("at another port")
                .isEqualTo(403);
        assertThat(status(
                        "POST /rpc",
                        origin(GOOD) + bearer(page),
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"client.unpair\"}"))
                .isEqualTo(200);
        assertThat(status("POST /rpc", origin(GOOD) + bearer(page), CALL)).isIn(401, 403);
    }

    @Test
    void aStrangersGreetingIsTheSameWhoeverIsPaired() throws Exception {
        String one = RawHttp.send(door.port(), RawHttp.request(door.port(), "POST /hello", RawHttp.JSON, "{}"));
        pair(origin("https://third.example"));
        assertThat(RawHttp.send(door.port(), RawHttp.request(door.port(), "POST /hello", RawHttp.JSON, "{}")))
                .isEqualTo(one);
        assertThat(one)
                .contains("{\"name\":\"Zegel\",\"protocol\":1,\"paired\":false}")
                .doesNotContainIgnoringCase("version")
                .doesNotContainIgnoringCase("date:")
                .doesNotContain(System.getProperty("user.name"))
                .doesNotContain(home.toString());
    }

    @Test
    void everyRefusalTellsTheSame() throws IOException {
        Set<String> answers = new TreeSet<>();
        for (String header : List.of(
                origin("https://evil.example"),
                origin("https://evil.example") + bearer(program),
                origin("https://evil.example") + bearer(page),
                origin("https://evil.example") + bearer("nonsense"))) {
            for (String line : List.of("POST /rpc", "PUT /content/x", "GET /content/x", "GET /events")) {
                String type = line.startsWith("PUT") ? "Content-Type: application/octet-stream\r\n" : RawHttp.JSON;
                answers.add(RawHttp.send(
                        door.port(),
                        RawHttp.request(door.port(), line, type + header, line.startsWith("P") ? "{}" : "")));
            }
        }
        assertThat(answers).hasSize(1);
        assertThat(answers.iterator().next()).startsWith("HTTP/1.1 403").doesNotContain("Access-Control");
    }

    @Test
    void anOriginThatPolicyExcludesLearnsNotEvenThatZegelIsHere() throws IOException {
        try (HttpDoor managed = parts.http(Origins.of(origin -> false, origin -> origin.equals(GOOD)))) {
            for (String line : List.of("POST /hello", "POST /pair", "OPTIONS /hello", "POST /rpc")) {
                String answer = RawHttp.send(
                        managed.port(),
                        RawHttp.request(managed.port(), line, RawHttp.JSON + origin("https://evil.example"), "{}"));
                assertThat(RawHttp.statuses(answer)).as(line).containsExactly(403);
                assertThat(answer).doesNotContain("Zegel").doesNotContain("Access-Control");
            }
            assertThat(RawHttp.statuses(RawHttp.send(
                            managed.port(),
                            RawHttp.request(managed.port(), "POST /hello", RawHttp.JSON + origin(GOOD), "{}"))))
                    .containsExactly(200);
        }
    }

    @Test
    void noAnswerIsOfUseToAPageThatMayNotReadIt() throws IOException {
        for (String request : List.of(
                RawHttp.request(door.port(), "POST /hello", RawHttp.JSON, "{}"),
                RawHttp.request(door.port(), "GET /favicon.ico", "Sec-Fetch-Mode: no-cors\r\n", ""),
                RawHttp.request(door.port(), "GET /", "Sec-Fetch-Mode: navigate\r\n", ""),
                RawHttp.request(door.port(), "POST /hello", "Origin: null\r\nContent-Type: text/plain\r\n", "x"),
                RawHttp.request(1, "GET /", "", ""),
                "NONSENSE\r\n\r\n")) {
            assertThat(RawHttp.send(door.port(), request))
                    .contains("Cross-Origin-Resource-Policy: same-origin")
                    .contains("Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; sandbox")
                    .contains("X-Content-Type-Options: nosniff")
                    .containsIgnoringCase("Cache-Control: no-store")
                    .doesNotContainIgnoringCase("Server:");
        }
    }

    private String pair(String headers) throws Exception {
        return Pairing.pair(
                (method, params) -> RawHttp.send(
                                door.port(), RawHttp.request(door.port(), "POST /pair", RawHttp.JSON + headers, params))
                        .split("\r\n\r\n", 2)[1],
                "verify");
    }

    private int status(String line, String headers, String body) throws IOException {
        return RawHttp.statuses(
                        RawHttp.send(door.port(), RawHttp.request(door.port(), line, RawHttp.JSON + headers, body)))
                .getFirst();
    }

    private static String origin(String origin) {
        return "Origin: " + origin + "\r\n";
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }
}
