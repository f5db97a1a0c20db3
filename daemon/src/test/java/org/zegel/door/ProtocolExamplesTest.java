package org.zegel.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.daemon.DaemonLine;
import org.zegel.door.socket.SocketDoor;
import org.zegel.protocol.Incoming;
import org.zegel.protocol.JsonCodec;
import org.zegel.protocol.JsonRpc;
import org.zegel.protocol.Limits;
import org.zegel.protocol.Methods;
import tools.jackson.databind.JsonNode;

/** The examples of docs/PROTOCOL.md are what the code takes and gives. */
class ProtocolExamplesTest {
    private static final Path PAGE = Path.of(System.getProperty("zegel.root", ".."), "docs", "PROTOCOL.md");
    private static final Pattern BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path home;

    @Test
    void everyRequestIsOneThatTheCodeReads() throws IOException {
        assertThat(blocks().stream().filter(block -> block.has("method") && !is(block, "event")))
                .hasSizeGreaterThan(10)
                .allSatisfy(block -> assertThat(JsonRpc.parse(bytes(block)))
                        .isInstanceOfAny(Incoming.Call.class, Incoming.Cancel.class));
    }

    @Test
    void everyResultIsOneThatItsMethodGives() throws Exception {
        Map<Long, String> methods = new HashMap<>();
        for (JsonNode block : blocks()) {
            if (block.has("method") && block.has("id")) {
                methods.put(block.get("id").longValue(), block.get("method").stringValue());
            } else if (block.has("result")) {
                Methods.Definition method =
                        Methods.named(methods.get(block.get("id").longValue())).orElseThrow();
                assertThat(JsonCodec.readResult(method.method().result(), bytes(block.get("result"))))
                        .isNotNull();
            }
        }
    }

    @Test
    void theExamplesWorkInASession() throws Exception {
        try (TestParts parts = new TestParts(home, Duration.ofMinutes(1));
                SocketDoor door = SocketDoor.open(home.resolve("s"), parts.gate(), parts.events(), new Activity());
                DaemonLine line = DaemonLine.connect(home.resolve("s"));
                FramePeer peer = new FramePeer(line.in(), line.out(), line)) {
            peer.pair();
            int carriedOut = 0;
            for (JsonNode block : blocks()) {
                boolean ready = block.has("method")
                        && block.has("id")
                        && !block.toString().contains("…");
                if (ready && (is(block, "hello") || is(block, "message.inspect") || is(block, "content.create"))) {
                    JsonNode answer = peer.raw(bytes(renumbered(block)));
                    assertThat(answer.has("result")).as(block + " -> " + answer).isTrue();
                    carriedOut++;
                }
            }
            assertThat(carriedOut).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void theTableOfLimitsIsTrue() throws IOException {
        String page = Files.readString(PAGE);
        Limits.published().forEach((name, value) -> assertThat(page).contains("| `" + name + "` | " + value + " |"));
    }

    private static JsonNode renumbered(JsonNode block) {
        return Peer.parse(block.toString()
                .replaceFirst("\"id\":(\\d+)", "\"id\":\"example $1\"")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static boolean is(JsonNode block, String method) {
        return block.get("method").stringValue().equals(method);
    }

    private static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<JsonNode> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map(match -> Peer.parse(match.group(1).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
