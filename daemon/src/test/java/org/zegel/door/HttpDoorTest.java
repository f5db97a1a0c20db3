package org.zegel.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.door.http.HttpDoor;
import org.zegel.event.Event;

class HttpDoorTest extends DoorContractTest {
    private static final int PORTS = 40;

    @TempDir
    static Path home;

    private static TestParts parts;
    private HttpDoor door;

    @BeforeAll
    static void makeParts() throws IOException {
        parts = new TestParts(home, Duration.ofMinutes(1));
    }

    @AfterAll
    static void closeParts() {
        parts.close();
    }

    /** Each test has a door of its own, because greetings are rate-limited. */
    @Override
    Peer connect() throws IOException {
        if (door == null) {
            door = parts.http();
        }
        return new HttpPeer(door.port());
    }

    @AfterEach
    void closeDoor() {
        door.close();
    }

    @Test
    void carriesRawBytes() throws Exception {
        HttpPeer peer = (HttpPeer) peer();
        peer.pair();
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        HttpResponse<byte[]> created = peer.bytes("PUT", "/content", bytes);
        assertThat(created.statusCode()).isEqualTo(201);
        String path = "/content/" + Peer.parse(created.body()).get("content").stringValue();
        HttpResponse<byte[]> appended = peer.bytes("PUT", path, new byte[] {1, 2, 3});
        assertThat(Peer.parse(appended.body()).get("size").longValue()).isEqualTo(3_000_003);
        HttpResponse<byte[]> read = peer.bytes("GET", path, new byte[0]);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).hasSize(3_000_003).startsWith(bytes);
        assertThat(read.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(peer.bytes("GET", "/content/none", new byte[0]).statusCode()).isEqualTo(404);
    }

    @Test
    void refusesMoreThanTheQuota() throws Exception {
        HttpPeer peer = (HttpPeer) peer();
        peer.pair();
        assertThat(peer.bytes("PUT", "/content", new byte[TestParts.QUOTA + 1]).statusCode())
                .isEqualTo(413);
        assertThat(peer.call("content.create", "{}").has("result")).isTrue();
    }

    @Test
    void sendsEvents() throws Exception {
        peer().pair();
        peer().subscribe();
        parts.events().publish(new Event("token.removed", null, java.util.Map.of("store", "s")));
        assertThat(peer().nextEvent("token.removed").get("store").stringValue()).isEqualTo("s");
    }

    @Test
    void takesTheNextPortWhenOneIsTaken() throws Exception {
        int first = door.port();
        HttpDoor second = HttpDoor.open(
                first, PORTS, parts.gate(), parts.contents(), parts.events(), new Activity(), parts::isPairedOrigin);
        assertThat(second.port()).isGreaterThan(first);
        second.close();
    }

    @Test
    void limitsHowOftenAnybodyMayPair() throws Exception {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            codes.add(Peer.code(peer().call("client.pair", "{\"name\":\"x\"}")));
        }
        assertThat(codes).contains("busy");
    }
}
