package org.zegel.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zegel.app.client.Contents;
import org.zegel.app.client.InProcessBackend;
import org.zegel.app.config.Home;
import org.zegel.app.config.Settings;
import org.zegel.app.daemon.DaemonLine;
import org.zegel.app.daemon.RuntimeFiles;
import org.zegel.app.relay.TestRelay;
import org.zegel.app.wiring.ServedZegel;
import org.zegel.app.wiring.Setup;
import org.zegel.app.wiring.Zegel;
import org.zegel.consent.TestPrompter;
import org.zegel.dispatch.Session;
import org.zegel.door.http.HttpDoor;
import org.zegel.door.socket.SocketDoor;
import org.zegel.fixtures.TestIdentity;
import org.zegel.fixtures.samples.Cast;
import org.zegel.fixtures.samples.Sample;
import org.zegel.fixtures.samples.Samples;
import org.zegel.fixtures.samples.World;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.JsonCodec;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;
import org.zegel.store.pkcs12.MemoryStore;
import org.zegel.trust.TrustOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The verdict on a message is the same at every door: in process, socket, HTTP, and a browser's relay. */
class SamplesAtDoorsTest {
    private static final String ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop/";

    @TempDir
    static Path home;

    private static ServedZegel served;
    private static Session inProcess;
    private static SocketDoor socket;
    private static HttpDoor http;
    private static Process relay;
    private static final Map<String, Peer> PEERS = new LinkedHashMap<>();

    @BeforeAll
    static void openDoors() throws Exception {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        Zegel zegel = zegel();
        served = new ServedZegel(zegel, Settings.defaults());
        inProcess = zegel.inProcess(new Caller(Door.IN_PROCESS, null, null, null, "test"));
        RuntimeFiles files = RuntimeFiles.of(home);
        files.create();
        socket = SocketDoor.open(files.socket(), served.gate(), served.events(), new Activity());
        http = HttpDoor.open(
                TestParts.FIRST_PORT,
                40,
                served.gate(),
                served.contents(),
                served.events(),
                new Activity(),
                served::isPairedOrigin);
        relay = new ProcessBuilder(TestDaemon.java(TestRelay.class, home.toString(), ORIGIN))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        DaemonLine line = DaemonLine.connect(files.socket());
        PEERS.put("socket", new FramePeer(line.in(), line.out(), line));
        PEERS.put("HTTP", new HttpPeer(http.port()));
        PEERS.put("relay", new FramePeer(relay.getInputStream(), relay.getOutputStream(), relay.getOutputStream()));
        for (Peer peer : PEERS.values()) {
            peer.pair("[\"verify\", \"decrypt\"]");
        }
    }

    private static Zegel zegel() throws Failure {
        Clock clock = Clock.fixed(Cast.NOW, ZoneOffset.UTC);
        MemoryStore keys = new MemoryStore("sample", clock);
        for (TestIdentity key : World.USUAL.keys()) {
            keys.add(key.privateKey(), key.certificate(), key.intermediates());
        }
        TrustOptions trust = new TrustOptions(World.USUAL.anchors(), List.of(), World.USUAL.crls(), null, true);
        return Zegel.open(Setup.of(new Home(home, true), Settings.defaults(), new TestPrompter(), clock)
                .withNamed(List.of(keys))
                .withTrust(trust));
    }

    @AfterAll
    static void closeDoors() throws Exception {
        for (Peer peer : PEERS.values()) {
            peer.close();
        }
        relay.destroyForcibly();
        http.close();
        socket.close();
        served.close();
    }

    static List<Sample> samples() {
        return Samples.all().stream()
                .filter(sample -> sample.world().equals(World.USUAL))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void theVerdictIsTheSameAtEveryDoor(Sample sample) throws Exception {
        byte[] message = sample.making().make();
        InProcessBackend backend = new InProcessBackend(inProcess, () -> {});
        ContentRef sent = new Contents(backend).send(new ByteArrayInputStream(message));
        MessageResult.Opened opened =
                backend.call(MessageResult.Opened.class, new MessageRequest.Open(sent, true, null));
        ObjectNode expected = (ObjectNode) JsonCodec.tree(new MessageResult.Opened(opened.verdict(), null));
        expected.remove("content");

        for (Map.Entry<String, Peer> door : PEERS.entrySet()) {
            JsonNode answer = open(door.getValue(), message);
            assertThat(answer.has("result")).as(door.getKey() + ": " + answer).isTrue();
            ObjectNode result = (ObjectNode) answer.get("result");
            assertThat(result.path("content").isMissingNode()
                            || result.path("content").isNull())
                    .as(door.getKey())
                    .isEqualTo(opened.content() == null);
            result.remove("content");
            assertThat(result).as(door.getKey()).isEqualTo(expected);
        }
    }

    private static JsonNode open(Peer peer, byte[] message) throws Exception {
        return peer.call("message.open", "{\"offline\":true,\"message\":{" + sent(peer, message) + "}}");
    }

    private static String sent(Peer peer, byte[] message) throws Exception {
        if (message.length <= ContentRef.MAX_INLINE) {
            return base64(message);
        }
        String handle = "\"content\":\""
                + peer.call("content.create", "{}").at("/result/content").stringValue() + "\"";
        for (int at = 0; at < message.length; at += ContentRef.MAX_INLINE) {
            byte[] chunk = Arrays.copyOfRange(message, at, Math.min(message.length, at + ContentRef.MAX_INLINE));
            peer.call("content.append", "{" + handle + "," + base64(chunk) + "}");
        }
        return handle;
    }

    private static String base64(byte[] bytes) {
        return "\"base64\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"";
    }
}
