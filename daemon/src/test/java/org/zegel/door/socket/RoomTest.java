package org.zegel.door.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.caller.LocalPeers;
import org.zegel.door.Activity;
import org.zegel.door.Connection;
import org.zegel.door.FrameReader;
import org.zegel.door.FrameWriter;
import org.zegel.door.Pairing;
import org.zegel.door.TestParts;
import org.zegel.model.Caller;
import org.zegel.protocol.Limits;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who goes when the local socket is full. */
@Timeout(90)
class RoomTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int SECONDS = 30;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path home;

    private TestParts parts;
    private SocketDoor door;
    private final List<Guest> guests = new ArrayList<>();

    private void open(Peers peers, Duration firstMessage) throws IOException {
        parts = new TestParts(home, Duration.ofMinutes(1));
        door = SocketDoor.open(home.resolve("s"), parts.gate(), parts.events(), new Activity(), peers, firstMessage);
    }

    @AfterEach
    void close() throws IOException {
        for (Guest guest : guests) {
            guest.channel.close();
        }
        door.close();
        parts.close();
    }

    @Test
    void silentConnectionsGiveWayTheOldestFirst() throws Exception {
        open(Peers.SILENT, LONG);
        Guest paired = enter();
        paired.pair();
        Guest stranger = enter();
        stranger.hello();
        List<Guest> silent = enter(Limits.MAX_CONNECTIONS - 2);
        Guest next = enter();
        next.hello();
        silent.getFirst().awaitEnd();
        enter().hello();
        silent.get(1).awaitEnd();
        assertThat(silent.subList(2, silent.size())).noneMatch(Guest::hasEnded);
        next.hello();
        stranger.hello();
        assertThat(paired.call("client.self", "{}").has("result")).isTrue();
    }

    @Test
    void strangersGiveWayBeforeThePairedAndThePairedWhenAllAreThat() throws Exception {
        open(Peers.SILENT, LONG);
        Guest first = enter();
        String token = first.pair();
        List<Guest> strangers = enter(Limits.MAX_CONNECTIONS - 1);
        for (Guest stranger : strangers) {
            stranger.hello();
        }
        enter().hello();
        strangers.getFirst().awaitEnd();
        for (int i = 1; i < Limits.MAX_CONNECTIONS; i++) {
            enter().authenticate(token);
        }
        assertThat(strangers).allSatisfy(Guest::awaitEnd);
        assertThat(first.hasEnded()).isFalse();
        Guest last = enter();
        last.authenticate(token);
        first.awaitEnd();
        last.hello();
    }

    @Test
    void whoIsBusyStaysAndWithNobodyElseThereIsNoRoom() throws Exception {
        open(Peers.SILENT, LONG);
        Guest first = enter();
        String token = first.pair();
        first.channel.close();
        List<Guest> busy = new ArrayList<>();
        for (int i = 0; i < Limits.MAX_CONNECTIONS; i++) {
            Guest guest = enter();
            guest.authenticate(token);
            busy.add(guest);
            if (i % 2 == 0) {
                guest.begin("message.open", "{\"message\":{\"text\":\"slow 100000\"},\"progress\":true}");
                assertThat(guest.next().at("/params/name").stringValue()).isEqualTo("progress");
            } else {
                guest.sendPart();
            }
        }
        awaitBusy();
        enter().awaitEnd();
        assertThat(busy).noneMatch(Guest::hasEnded);
        busy.getFirst().channel.close();
        awaitServed();
    }

    @Test
    void oneProcessHasPartOfTheRoomAndMakesRoomAmongItsOwn() throws Exception {
        AtomicLong process = new AtomicLong(1);
        open(new Numbered(process), LONG);
        List<Guest> others = new ArrayList<>();
        for (int i = 0; i < Limits.MAX_CONNECTIONS - Room.MAX_PER_PROCESS; i++) {
            process.set(100 + i);
            others.add(enter());
            others.getLast().hello();
        }
        process.set(1);
        List<Guest> own = enter(Room.MAX_PER_PROCESS);
        for (Guest guest : own) {
            guest.hello();
        }
        enter().hello();
        own.getFirst().awaitEnd();
        assertThat(own.subList(1, own.size())).noneMatch(Guest::hasEnded);
        assertThat(others).noneMatch(Guest::hasEnded);
        process.set(99);
        enter().hello();
        others.getFirst().awaitEnd();
    }

    @Test
    void theSystemTellsWhoseConnectionsAreOneProcesss() throws Exception {
        LocalPeers peers = LocalPeers.ofThisMachine();
        open(peers, LONG);
        Guest first = enter();
        try (SocketChannel here = SocketChannel.open(UnixDomainSocketAddress.of(home.resolve("s")))) {
            assumeThat(peers.process(here)).isNotNull();
        }
        enter(Room.MAX_PER_PROCESS);
        enter().hello();
        first.awaitEnd();
    }

    @Test
    void aFirstMessageThatDoesNotComeEndsTheConnectionAndALaterOneMayTakeItsTime() throws Exception {
        open(Peers.SILENT, Duration.ofSeconds(2));
        Guest spoken = enter();
        spoken.hello();
        Guest silent = enter();
        Guest trickling = enter();
        trickling.sendPart();
        silent.awaitEnd();
        trickling.awaitEnd();
        spoken.hello();
    }

    @Test
    void strangersGetNoMemoryForMoreThanAGreeting() throws Exception {
        open(Peers.SILENT, LONG);
        Guest guest = enter();
        String hello = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\"}";
        guest.send(hello + " ".repeat(Limits.MAX_GREETING - hello.length()));
        assertThat(guest.next().has("result")).isTrue();
        guest.send(hello + " ".repeat(Limits.MAX_GREETING - hello.length() + 1));
        assertThat(guest.next().at("/error/data/code").stringValue()).isEqualTo("content-too-large");
        guest.pair();
        guest.send(hello + " ".repeat(Limits.MAX_INCOMING - hello.length()));
        assertThat(guest.next().has("result")).isTrue();
    }

    private Guest enter() throws IOException {
        Guest guest = new Guest(SocketChannel.open(UnixDomainSocketAddress.of(home.resolve("s"))));
        guests.add(guest);
        return guest;
    }

    private List<Guest> enter(int count) throws IOException {
        List<Guest> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(enter());
        }
        return all;
    }

    /** Parts of messages are on their way to the door for a moment. */
    private void awaitBusy() throws Exception {
        for (int i = 0; i < 200 && !allBusy(); i++) {
            Thread.sleep(50);
        }
        assertThat(allBusy()).isTrue();
    }

    private boolean allBusy() {
        return door.room().all().stream().allMatch(connection -> connection.standing() == Connection.Standing.BUSY);
    }

    /** The door sees a little later that somebody has left. */
    private void awaitServed() throws Exception {
        for (int i = 0; i < 100; i++) {
            try {
                enter().hello();
                return;
            } catch (IOException | ExecutionException stillFull) {
                Thread.sleep(50);
            }
        }
        throw new AssertionError("nobody is let in");
    }

    private record Numbered(AtomicLong number) implements Peers {
        @Override
        public Caller known(SocketChannel channel, Caller caller) {
            return caller;
        }

        @Override
        public Long process(SocketChannel channel) {
            return number.get();
        }
    }

    /** A connection that says what it is told to. */
    private static final class Guest {
        private final SocketChannel channel;
        private final FrameWriter writer;
        private final BlockingQueue<Optional<JsonNode>> answers = new LinkedBlockingQueue<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        Guest(SocketChannel channel) {
            this.channel = channel;
            this.writer = new FrameWriter(Channels.newOutputStream(channel), Integer.MAX_VALUE);
            Thread.ofVirtual().start(this::listen);
        }

        private void listen() {
            FrameReader reader = new FrameReader(Channels.newInputStream(channel), Limits.MAX_OUTGOING);
            try {
                for (byte[] frame = reader.read(); frame != null; frame = reader.read()) {
                    answers.add(Optional.of(JSON.readTree(frame)));
                }
            } catch (IOException cut) {
                // Ended all the same.
            } finally {
                answers.add(Optional.empty());
                ended.complete(null);
            }
        }

        void send(String message) throws IOException {
            writer.write(message.getBytes(StandardCharsets.UTF_8));
        }

        void begin(String method, String params) throws IOException {
            send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}");
        }

        JsonNode call(String method, String params) throws Exception {
            begin(method, params);
            return next();
        }

        /** The next answer or event. */
        JsonNode next() throws Exception {
            Optional<JsonNode> answer = answers.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(answer).as("an answer in time").isNotNull();
            return answer.orElseThrow(() -> new IOException("the connection ended"));
        }

        void hello() throws Exception {
            assertThat(call("hello", "{}").has("result")).isTrue();
        }

        String pair() throws Exception {
            String token = Pairing.pair(
                    (method, params) -> call(method, params).get("result").toString(), "verify");
            authenticate(token);
            return token;
        }

        void authenticate(String token) throws Exception {
            assertThat(call("hello", "{\"token\":\"" + token + "\"}").has("result"))
                    .isTrue();
        }

        /** A whole length, and not the whole message. */
        void sendPart() throws IOException {
            channel.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.nativeOrder())
                    .putInt(1000)
                    .rewind());
        }

        boolean hasEnded() {
            return ended.isDone();
        }

        void awaitEnd() {
            try {
                ended.get(SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException still) {
                throw new AssertionError("still connected", still);
            }
        }
    }
}
