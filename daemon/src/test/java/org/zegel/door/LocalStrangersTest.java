package org.zegel.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.daemon.DaemonLine;
import org.zegel.door.socket.SocketDoor;

/** How often callers at the local socket may do what needs no token. */
class LocalStrangersTest {
    private static final String WRONG = "{\"token\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}";

    @TempDir
    Path home;

    private TestParts parts;
    private SocketDoor door;

    @BeforeEach
    void open() throws IOException {
        parts = new TestParts(home, Duration.ofMinutes(1));
        door = SocketDoor.open(home.resolve("s"), parts.gate(), parts.events(), new Activity());
    }

    @AfterEach
    void close() {
        door.close();
        parts.close();
    }

    private FramePeer connect() throws IOException {
        DaemonLine line = DaemonLine.connect(home.resolve("s"));
        return new FramePeer(line.in(), line.out(), line);
    }

    @Test
    void tokensThatAreRefusedAreSoonNotLookedAt() throws Exception {
        try (FramePeer paired = connect()) {
            paired.pair("[\"verify\"]");
            String last = "not-paired";
            for (int tries = 0; tries < 100 && "not-paired".equals(last); tries++) {
                try (FramePeer stranger = connect()) {
                    last = Peer.code(stranger.call("hello", WRONG));
                }
            }
            assertThat(last).isEqualTo("busy");
            assertThat(paired.call("client.self", "{}").has("result")).isTrue();
        }
    }

    @Test
    void greetingsOfStrangersAreLimitedAndThoseOfThePairedAreNot() throws Exception {
        int refused = 0;
        try (FramePeer stranger = connect()) {
            for (int i = 0; i < 2000 && refused == 0; i++) {
                refused += stranger.call("hello", "{}").has("error") ? 1 : 0;
            }
        }
        assertThat(refused).isOne();
        try (FramePeer paired = connect()) {
            paired.pair("[\"verify\"]");
            for (int i = 0; i < 500; i++) {
                assertThat(paired.call("hello", "{}").has("result")).isTrue();
            }
        }
    }
}
