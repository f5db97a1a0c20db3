package org.zegel.app.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.daemon.RuntimeFiles;
import org.zegel.app.relay.TestRelay;
import org.zegel.door.TestDaemon;
import org.zegel.fixtures.Needs;
import org.zegel.model.Caller;
import org.zegel.model.Door;

/** Real processes at a real socket, and what the kernel says of them. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells so much of a peer")
class LocalPeersTest {
    private static final String EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop/";
    private static final String OTHER = "chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba/";
    private static final int SECONDS = 60;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();
    private Path home;
    private Path socket;
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        home = Files.createDirectory(
                folder.resolve("home"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        RuntimeFiles files = RuntimeFiles.of(home);
        files.create();
        socket = files.socket();
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    @AfterEach
    void end() throws IOException {
        started.forEach(Process::destroyForcibly);
        server.close();
        Files.deleteIfExists(socket);
    }

    @Test
    void knowsTheProcessAndTheProgramOfAPeer() throws Exception {
        Path socat = Needs.program("socat");
        Process peer = start(List.of(socat.toString(), "-", "UNIX-CONNECT:" + socket));
        Caller caller = accept(peers(KnownBrowser::of), program());
        assertThat(caller.process()).isEqualTo(peer.pid());
        assertThat(caller.program()).isEqualTo(socat.toRealPath().toString());
        assertThat(caller.isConfirmed()).isTrue();
    }

    @Test
    void itsOwnCommandLineIsCalledByItsLauncher() throws Exception {
        start(relay(EXTENSION));
        assertThat(accept(peers(_ -> Optional.empty()), program()).program()).isEqualTo("/opt/zegel/bin/zegel");
    }

    @Test
    void anotherProgramOfTheSameJavaIsCalledByJava() throws Exception {
        start(TestDaemon.java(TestRelay.class, home.toString(), EXTENSION));
        assertThat(accept(peers(_ -> Optional.empty()), program()).program()).isEqualTo(java());
    }

    @Test
    void aProgramThatClaimsToBeAnExtensionIsNotBelieved() throws Exception {
        start(List.of(Needs.program("socat").toString(), "-", "UNIX-CONNECT:" + socket));
        Caller caller = accept(peers(_ -> Optional.of(KnownBrowser.CHROMIUM)), extension(EXTENSION));
        assertThat(caller.origin()).isEqualTo(EXTENSION);
        assertThat(caller.browser()).isNull();
        assertThat(caller.isConfirmed()).isFalse();
        assertThat(caller.program()).contains("/socat");
    }

    @Test
    void aRelayOfABrowserIsConfirmedForItsOwnExtensionOnly() throws Exception {
        start(relay(EXTENSION));
        LocalPeers peers = peers(_ -> Optional.of(KnownBrowser.CHROMIUM));
        try (SocketChannel channel = server.accept()) {
            Caller caller = peers.known(channel, extension(EXTENSION));
            assertThat(caller.browser()).isEqualTo(java());
            assertThat(caller.isConfirmed()).isTrue();
            assertThat(peers.known(channel, extension(OTHER)).browser())
                    .as("a relay that names another extension than the one it was started for")
                    .isNull();
        }
    }

    @Test
    void theSameJavaWithOtherCodeIsNoRelay() throws Exception {
        start(TestDaemon.java(TestRelay.class, home.toString(), EXTENSION));
        assertThat(accept(peers(_ -> Optional.of(KnownBrowser.CHROMIUM)), extension(EXTENSION))
                        .browser())
                .isNull();
    }

    @Test
    void theSameCodeInAnotherPlaceIsNoRelay() throws Exception {
        start(relay(EXTENSION));
        LocalPeers elsewhere =
                new LocalPeers("/opt/zegel/lib/zegel.jar", null, folder, _ -> Optional.of(KnownBrowser.CHROMIUM));
        assertThat(accept(elsewhere, extension(EXTENSION)).browser()).isNull();
    }

    @Test
    void theRealRelayStartedByAShellHasNoBrowser() throws Exception {
        start(throughShell(Path.of("/bin/sh"), relay(EXTENSION)));
        Caller caller = accept(peers(KnownBrowser::of), extension(EXTENSION));
        assertThat(caller.process()).isNotNull();
        assertThat(caller.browser()).isNull();
        assertThat(caller.extensionName()).isNull();
    }

    @Test
    void aShellThatTookABrowsersNameIsNoBrowser() throws Exception {
        Path open = Files.createDirectory(folder.resolve("bin"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path fake = Files.copy(
                Path.of("/bin/sh").toRealPath(), open.resolve("chromium"), StandardCopyOption.COPY_ATTRIBUTES);
        start(throughShell(fake, relay(EXTENSION)));
        Caller caller = accept(peers(KnownBrowser::of), extension(EXTENSION));
        assertThat(caller.process()).isNotNull();
        assertThat(caller.browser()).isNull();
    }

    @Test
    void nothingIsSaidOfAProcessThatHasEnded() throws Exception {
        Process peer =
                start(List.of(Needs.program("socat").toString(), "-u", "OPEN:/dev/null", "UNIX-CONNECT:" + socket));
        assertThat(peer.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        Caller caller = accept(peers(KnownBrowser::of), program());
        assertThat(caller.process()).isNull();
        assertThat(caller.program()).isNull();
        assertThat(caller.isConfirmed()).isFalse();
    }

    @Test
    void aChannelThatIsClosedTellsNothing() throws Exception {
        start(List.of(Needs.program("socat").toString(), "-", "UNIX-CONNECT:" + socket));
        SocketChannel channel = server.accept();
        channel.close();
        assertThat(peers(KnownBrowser::of).known(channel, program()).process()).isNull();
    }

    /** The real relay, as {@code zegel-native-host} of a browser starts it. */
    private static List<String> relay(String origin) {
        return TestDaemon.java(org.zegel.app.Main.class, "native-host", origin);
    }

    /** The shell stays its parent. */
    private static List<String> throughShell(Path shell, List<String> command) {
        String line =
                String.join(" ", command.stream().map(word -> "'" + word + "'").toList());
        return List.of(shell.toString(), "-c", line + "; true");
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ZEGEL_HOME", home.toString());
        Process process = builder.start();
        started.add(process);
        // The relay connects when there is something to pass on.
        byte[] hello = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\"}".getBytes(StandardCharsets.UTF_8);
        try {
            process.getOutputStream()
                    .write(ByteBuffer.allocate(Integer.BYTES + hello.length)
                            .order(ByteOrder.nativeOrder())
                            .putInt(hello.length)
                            .put(hello)
                            .array());
            process.getOutputStream().flush();
        } catch (IOException endedAlready) {
            // It has closed its input, and ends at any moment.
            assertThat(process.onExit()).succeedsWithin(SECONDS, TimeUnit.SECONDS);
        }
        return process;
    }

    private Caller accept(LocalPeers peers, Caller caller) throws IOException {
        try (SocketChannel channel = server.accept()) {
            return peers.known(channel, caller);
        }
    }

    private LocalPeers peers(Function<RunningProgram, Optional<KnownBrowser>> browsers) {
        return new LocalPeers(System.getProperty("java.class.path"), "/opt/zegel/bin/zegel", folder, browsers);
    }

    private static Caller program() {
        return new Caller(Door.SOCKET, null, null, null, "1");
    }

    private static Caller extension(String origin) {
        return new Caller(Door.NATIVE_MESSAGING, origin, null, null, "1");
    }

    private static String java() throws IOException {
        return Path.of(System.getProperty("java.home"), "bin", "java")
                .toRealPath()
                .toString();
    }
}
