package org.zegel.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.app.Main;
import org.zegel.store.TokenHome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A browser extension uses keys on a token: the product's own relay, as a browser starts it, and the daemon that the
 * relay starts.
 */
@DisabledOnOs(OS.WINDOWS)
class TokenThroughRelayTest {
    private static final String EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop/";
    private static final long START_SECONDS = 60;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    static Path folder;

    private static TokenHome token;
    private static Process relay;
    private static FramePeer peer;

    @BeforeAll
    static void pairAnExtension() throws Exception {
        token = new TokenHome(folder);
        relay = start();
        peer = new FramePeer(relay.getInputStream(), relay.getOutputStream(), relay.getOutputStream());
        JsonNode hello = peer.begin(peer.newId(), "hello", "{}").get(START_SECONDS, TimeUnit.SECONDS);
        assertThat(hello.has("result")).as(hello.toString()).isTrue();
        peer.pair("[\"certificates\", \"sign\", \"verify\", \"decrypt\", \"manage\"]");
    }

    private static Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(TestDaemon.java(Main.class, "native-host", EXTENSION))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(token.environment());
        builder.environment().remove("DISPLAY");
        return builder.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (relay == null) {
            return;
        }
        List<ProcessHandle> daemon = relay.descendants().toList();
        try {
            peer.call("daemon.stop", "{}");
            peer.close();
            assertThat(relay.waitFor(START_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            // Where pairing failed nobody may stop it.
            daemon.forEach(ProcessHandle::destroyForcibly);
            relay.destroyForcibly();
        }
    }

    @Test
    void listsTheTokensIdentities() throws Exception {
        JsonNode identities = peer.call("identity.list", "{}").at("/result/identities");

        assertThat(identities.toString()).contains("rsa@example.org", "ec@example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void signsSoThatOpensslVerifies(String who) throws Exception {
        JsonNode answer = peer.call("message.sign", params(TokenHome.message(who)));

        assertThat(answer.has("result")).as(answer.toString()).isTrue();
        assertThat(token.verified(bytes(answer.at("/result/message")))).contains(TokenHome.BODY);
    }

    @ParameterizedTest
    @CsvSource({"rsa,rsa_padding_mode:oaep", "rsa,rsa_padding_mode:pkcs1", "ec,ecdh_kdf_md:sha256"})
    void decryptsWhatOpensslEncrypted(String who, String keyOption) throws Exception {
        JsonNode answer = peer.call("message.open", params(token.encryptedTo(who, keyOption)));

        String store = answer.at("/result/decryptedWith/store").asString();
        assertThat(store).as(answer.toString()).startsWith("pkcs11-");
        assertThat(new String(bytes(answer.at("/result/content")), StandardCharsets.US_ASCII))
                .contains(TokenHome.BODY);
    }

    private static String params(String message) {
        return JSON.writeValueAsString(Map.of("message", Map.of("text", message)));
    }

    private static byte[] bytes(JsonNode ref) {
        return ref.has("text")
                ? ref.get("text").stringValue().getBytes(StandardCharsets.UTF_8)
                : ref.get("base64").binaryValue();
    }
}
