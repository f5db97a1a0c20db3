package org.zegel.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.daemon.DaemonLine;
import org.zegel.app.daemon.RuntimeFiles;
import org.zegel.app.relay.TestRelay;
import tools.jackson.databind.JsonNode;

/** The contract through real processes: a relay as a browser starts it, and the daemon that the relay starts. */
class NativeMessagingDoorTest extends DoorContractTest {
    private static final String ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop/";
    private static final String OTHER = "chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba/";

    @TempDir
    static Path home;

    private static final List<Process> RELAYS = new ArrayList<>();

    @BeforeAll
    static void privateHome() throws IOException {
        Files.setPosixFilePermissions(home, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    }

    @AfterAll
    static void endAll() throws Exception {
        for (Process relay : RELAYS) {
            relay.destroyForcibly();
        }
        stopDaemon(home);
    }

    @Override
    FramePeer connect() throws IOException {
        return relay(home, ORIGIN);
    }

    static FramePeer relay(Path home, String origin) throws IOException {
        Process relay = new ProcessBuilder(TestDaemon.java(TestRelay.class, home.toString(), origin))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        RELAYS.add(relay);
        return new FramePeer(relay.getInputStream(), relay.getOutputStream(), relay.getOutputStream());
    }

    /** Ends the daemon of a home by the protocol, and waits until its socket is gone. */
    static void stopDaemon(Path home) throws Exception {
        Path socket = RuntimeFiles.of(home).socket();
        if (Files.exists(socket)) {
            DaemonLine line = DaemonLine.connect(socket);
            try (FramePeer peer = new FramePeer(line.in(), line.out(), line)) {
                peer.pair("[\"manage\"]");
                assertThat(peer.call("daemon.stop", "{}").has("result")).isTrue();
                peer.ended.get(Peer.SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aTokenIsGoodForItsOwnExtensionOnly() throws Exception {
        String token = peer().pair();
        try (FramePeer other = relay(home, OTHER)) {
            assertThat(Peer.code(other.authenticate(token))).isEqualTo("not-paired");
        }
        DaemonLine line = DaemonLine.connect(RuntimeFiles.of(home).socket());
        try (FramePeer local = new FramePeer(line.in(), line.out(), line)) {
            assertThat(Peer.code(local.authenticate(token))).isEqualTo("not-paired");
        }
    }

    @Test
    void endsWhenTheBrowserDoes() throws Exception {
        FramePeer peer = connect();
        assertThat(peer.call("hello", "{}").has("result")).isTrue();
        Process relay = RELAYS.getLast();
        peer.close();
        assertThat(relay.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(relay.exitValue()).isZero();
    }

    @Test
    void survivesARestartOfTheDaemon() throws Exception {
        FramePeer peer = (FramePeer) peer();
        String token = peer.pair();
        CompletableFuture<JsonNode> running =
                peer.begin(peer.newId(), "message.open", "{\"message\":{\"text\":\"slow 100000\"}}");
        Thread.sleep(200);
        long daemon = daemonOf(home).pid();
        assertThat(ProcessHandle.of(daemon).orElseThrow().destroyForcibly()).isTrue();
        assertThat(Peer.code(running.get(Peer.SECONDS, TimeUnit.SECONDS))).isEqualTo("busy");
        peer.nextEvent("daemon.stopped");
        assertThat(Peer.code(peer.call("content.create", "{}"))).isEqualTo("not-paired");
        peer.nextEvent("daemon.restarted");
        assertThat(peer.authenticate(token).has("result")).isTrue();
        assertThat(daemonOf(home).pid()).isNotEqualTo(daemon);
    }

    /** The test's own daemon, found by the home in its arguments. */
    static ProcessHandle daemonOf(Path home) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(TestDaemon.class.getName() + "\0" + home + "\0"))
                .findFirst()
                .orElseThrow();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
