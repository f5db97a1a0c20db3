package org.zegel.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.daemon.DaemonLine;
import org.zegel.door.socket.SocketDoor;
import org.zegel.event.Event;

class SocketDoorTest extends DoorContractTest {
    @TempDir
    static Path home;

    private static TestParts parts;
    private static SocketDoor door;

    @BeforeAll
    static void openDoor() throws IOException {
        parts = new TestParts(home, Duration.ofMinutes(1));
        door = SocketDoor.open(home.resolve("s"), parts.gate(), parts.events(), new Activity());
    }

    @AfterAll
    static void closeDoor() {
        door.close();
        parts.close();
    }

    @Override
    FramePeer connect() throws IOException {
        DaemonLine line = DaemonLine.connect(home.resolve("s"));
        return new FramePeer(line.in(), line.out(), line);
    }

    @Test
    void theSocketIsForOneUserOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("s"))))
                .isEqualTo("rw-------");
    }

    @Test
    void anEmptyFrameIsAnswered() throws Exception {
        assertThat(Peer.code(peer().raw(new byte[0]))).isEqualTo("parse-error");
        assertThat(peer().call("hello", "{}").has("result")).isTrue();
    }

    @Test
    void anAbsurdLengthEndsTheConnection() throws Exception {
        try (FramePeer peer = connect()) {
            peer.bytes(new byte[] {-1, -1, -1, -1, 'x'});
            assertThat(Peer.code(peer.stray())).isEqualTo("content-too-large");
            peer.ended.get(Peer.SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void aFrameThatIsCutOffEndsTheConnectionAlone() throws Exception {
        try (FramePeer peer = connect()) {
            peer.bytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.nativeOrder())
                    .putInt(1000)
                    .array());
        }
        assertThat(peer().call("hello", "{}").has("result")).isTrue();
    }

    @Test
    void sendsEventsToSubscribersOnly() throws Exception {
        peer().pair();
        try (FramePeer other = connect()) {
            other.pair();
            other.subscribe();
            parts.events().publish(new Event("token.inserted", null, java.util.Map.of("store", "s")));
            assertThat(other.nextEvent("token.inserted").get("store").stringValue())
                    .isEqualTo("s");
            assertThat(peer().events).isEmpty();
        }
    }
}
