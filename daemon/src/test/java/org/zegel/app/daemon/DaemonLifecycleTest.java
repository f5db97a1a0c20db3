package org.zegel.app.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.door.Pairing;
import org.zegel.door.TestDaemon;
import org.zegel.protocol.JsonCodec;
import org.zegel.protocol.SessionRequest;

class DaemonLifecycleTest {
    @TempDir
    Path home;

    private final List<Process> processes = new ArrayList<>();
    private RuntimeFiles files;

    @BeforeEach
    void makeHome() throws IOException {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        files = RuntimeFiles.of(home);
    }

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void ofTwoRacingStartersOneBecomesTheDaemon() throws Exception {
        Process one = start(60);
        Process other = start(60);
        awaitSocket();
        for (int i = 0; i < 200 && one.isAlive() && other.isAlive(); i++) {
            Thread.sleep(50);
        }
        assertThat(one.isAlive()).isNotEqualTo(other.isAlive());
        assertThat((one.isAlive() ? other : one).exitValue()).isZero();
        hello();
    }

    @Test
    void startsAgainAfterACrash() throws Exception {
        Process first = start(60);
        awaitSocket();
        first.destroyForcibly().waitFor();
        assertThat(files.socket()).exists();
        start(60);
        awaitSocket();
        hello();
    }

    @Test
    void tellsWhichProcessTheDaemonIs() throws Exception {
        assertThat(SingleInstance.holder(files.lock())).isEmpty();
        Process daemon = start(60);
        awaitSocket();
        assertThat(SingleInstance.holder(files.lock())).contains(daemon.toHandle());
        daemon.destroyForcibly().waitFor();
        assertThat(SingleInstance.holder(files.lock())).isEmpty();
    }

    @Test
    void tidiesUpWhenTerminated() throws Exception {
        Process daemon = start(60);
        awaitSocket();
        for (int i = 0; i < 200 && !Files.exists(files.httpPort()); i++) {
            Thread.sleep(50);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.httpPort())))
                .isEqualTo("rw-------");
        daemon.destroy();
        assertThat(daemon.waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(files.socket()).doesNotExist();
        assertThat(files.httpPort()).doesNotExist();
    }

    @Test
    void tellsThePairedWhereTheHttpDoorIs() throws Exception {
        start(60);
        awaitSocket();
        for (int i = 0; i < 200 && !Files.exists(files.httpPort()); i++) {
            Thread.sleep(50);
        }
        int port = Integer.parseInt(Files.readString(files.httpPort()));
        try (DaemonClient client = new DaemonClient(DaemonLine.connect(files.socket()), (name, data) -> {})) {
            String token = Pairing.pair(
                    (method, params) -> client.call(
                                    JsonCodec.readRequest(SessionRequest.Pair.class, params.getBytes(UTF_8)))
                            .toString(),
                    "manage");
            client.call(new SessionRequest.Hello(null, token, null, null));
            assertThat(client.call(new SessionRequest.Status()).get("httpPort").intValue())
                    .isEqualTo(port);
        }
    }

    @Test
    void endsWhenNobodyIsThere() throws Exception {
        Process daemon = start(2);
        awaitSocket();
        try (DaemonLine line = DaemonLine.connect(files.socket())) {
            assertThat(daemon.waitFor(4, TimeUnit.SECONDS))
                    .as("ended although somebody was there")
                    .isFalse();
        }
        assertThat(daemon.waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(daemon.exitValue()).isZero();
        assertThat(files.socket()).doesNotExist();
    }

    @Test
    void isStartedByWhoeverNeedsIt() throws Exception {
        DaemonStarter starter = new DaemonStarter(TestDaemon.command(home, 1), java.util.Map.of());
        try (DaemonClient client = new DaemonClient(
                DaemonLine.connectOrStart(files, starter, Duration.ofSeconds(30)), (name, data) -> {})) {
            assertThat(client.call(new SessionRequest.Hello(null, null, null, null))
                            .get("protocol")
                            .intValue())
                    .isEqualTo(1);
        }
    }

    private Process start(int idleSeconds) throws IOException {
        Process process = new ProcessBuilder(TestDaemon.command(home, idleSeconds))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        return process;
    }

    private void awaitSocket() throws Exception {
        for (int i = 0; i < 400; i++) {
            try (DaemonLine line = DaemonLine.connect(files.socket())) {
                return;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new AssertionError("no daemon");
    }

    private void hello() throws Exception {
        try (DaemonClient client = new DaemonClient(DaemonLine.connect(files.socket()), (name, data) -> {})) {
            assertThat(client.call(new SessionRequest.Hello(null, null, null, null))
                            .get("protocol")
                            .intValue())
                    .isEqualTo(1);
        }
    }
}
