package org.zegel.app.daemon;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.config.Home;
import org.zegel.door.TestDaemon;
import org.zegel.door.TestParts;
import org.zegel.model.Failure;

/** What somebody else may have left in the place of the daemon's files, and what they may read of them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no modes and links of this kind")
@Timeout(60)
class RuntimeFilesTest {
    private static final int NOBODY = 65534;

    @TempDir
    Path folder;

    private Path home;
    private RuntimeFiles files;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(folder.resolve("h"));
        mode(home, "rwx------");
        files = RuntimeFiles.of(home);
    }

    @Test
    void aHomeThatIsMadeWithItIsItsOwnersAlone() throws IOException {
        Path fresh = folder.resolve("fresh");
        RuntimeFiles.of(fresh).create();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rwx------");
    }

    @Test
    void aRuntimeFolderThatIsALinkIsRefused() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(files.directory(), elsewhere);
        assertThatThrownBy(files::create).isInstanceOf(IOException.class).hasMessageContaining("link");
        assertThatThrownBy(() -> DaemonLine.connect(files.socket())).hasMessageContaining("link");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aRuntimeFolderThatOthersMayWriteIsRefusedAndNotJustClosed() throws IOException {
        Files.createDirectory(files.directory());
        mode(files.directory(), "rwxrwxrwx");
        assertThatThrownBy(files::create).hasMessageContaining("other users").hasMessageContaining("ZEGEL_HOME");
        mode(files.directory(), "rwxr-xr-x");
        files.create();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.directory())))
                .isEqualTo("rwx------");
    }

    @Test
    void nobodyConnectsToASocketInAnotherUsersFolder() throws IOException {
        Files.createDirectory(files.directory());
        try (ServerSocketChannel squatter = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            squatter.bind(UnixDomainSocketAddress.of(files.socket()));
            giveAway(files.directory());
            assertThatThrownBy(() -> DaemonLine.connect(files.socket())).hasMessageContaining("another user");
            assertThatThrownBy(files::create).hasMessageContaining("another user");
            DaemonStarter none = new DaemonStarter(List.of("/bin/false"), Map.of());
            assertThatThrownBy(() -> DaemonLine.connectOrStart(files, none, Duration.ofSeconds(5)))
                    .hasMessageContaining("another user");
            squatter.configureBlocking(false);
            assertThat(squatter.accept()).as("a connection").isNull();
        }
    }

    @Test
    void aLockThatIsALinkIsRefusedAndItsTargetLeftAlone() throws IOException {
        files.create();
        Path target = Files.writeString(folder.resolve("precious"), "precious");
        Files.createSymbolicLink(files.lock(), target);
        assertThatThrownBy(() -> SingleInstance.tryLock(files.lock())).hasMessageContaining("remove it");
        assertThat(SingleInstance.holder(files.lock())).isEmpty();
        assertThat(target).hasContent("precious");
    }

    @Test
    void aLockThatIsAPipeHoldsNobodyUp() throws Exception {
        files.create();
        pipe(files.lock());
        assertThatThrownBy(() -> SingleInstance.tryLock(files.lock())).hasMessageContaining("remove it");
        assertThat(SingleInstance.holder(files.lock())).isEmpty();
    }

    @Test
    void aStartLogThatIsALinkOrAPipeIsRefused() throws Exception {
        files.create();
        Path target = Files.writeString(folder.resolve("precious"), "precious");
        Files.createSymbolicLink(files.startLog(), target);
        DaemonStarter starter = new DaemonStarter(List.of("/bin/echo", "overwritten"), Map.of());
        assertThatThrownBy(() -> starter.start(files)).hasMessageContaining("remove it");
        assertThat(target).hasContent("precious");
        Files.delete(files.startLog());
        pipe(files.startLog());
        assertThatThrownBy(() -> starter.start(files)).hasMessageContaining("remove it");
    }

    @Test
    void whatLiesInTheSocketsPlaceIsReplacedAndWhatItNamesIsNot() throws Exception {
        files.create();
        Path target = Files.writeString(folder.resolve("precious"), "precious");
        Files.createSymbolicLink(files.socket(), target);
        Files.createSymbolicLink(files.httpPort(), target);
        try (Daemon daemon = Daemon.start(files, ignored -> new TestParts(home, Duration.ofMinutes(1)))
                .orElseThrow()) {
            assertThat(daemon.httpPort()).isPresent();
            assertThat(target).hasContent("precious");
            assertThat(Files.isSymbolicLink(files.socket())).isFalse();
            assertThat(Files.isRegularFile(files.httpPort(), LinkOption.NOFOLLOW_LINKS))
                    .isTrue();
            DaemonLine.connect(files.socket()).close();
        }
        assertThat(target).hasContent("precious");
    }

    @Test
    void aFullFolderInTheSocketsPlaceIsAnErrorAndNotLost() throws IOException {
        files.create();
        Path kept = Files.createDirectories(files.socket().resolve("kept"));
        assertThatThrownBy(() -> Daemon.start(files, ignored -> new TestParts(home, Duration.ofMinutes(1))))
                .isInstanceOf(IOException.class);
        assertThat(kept).exists();
        assertThat(SingleInstance.holder(files.lock())).isEmpty();
    }

    @Test
    void everyFileIsItsOwnersAloneWhateverTheMask() throws Exception {
        files.create();
        Process shell =
                new DaemonStarter(List.of("/bin/sh", "-c", "umask 0; exec \"$@\"", "sh"), Map.of()).start(files);
        assertThat(shell.waitFor(20, SECONDS)).isTrue();
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "umask 0; exec \"$@\"", "sh"));
        command.addAll(TestDaemon.command(home, 60));
        Process daemon = new DaemonStarter(command, Map.of()).start(files);
        try {
            long end = System.nanoTime() + SECONDS.toNanos(60);
            while (!Files.exists(files.httpPort()) && System.nanoTime() < end) {
                Thread.sleep(50);
            }
            assertThat(files.httpPort()).exists();
            try (Stream<Path> all = Files.list(files.directory())) {
                assertThat(all)
                        .allSatisfy(file -> assertThat(PosixFilePermissions.toString(
                                        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)))
                                .as("%s", file)
                                .isEqualTo("rw-------"));
            }
        } finally {
            daemon.destroyForcibly().waitFor();
        }
    }

    @Test
    void aHomeOfAnotherUserIsRefused() throws IOException {
        giveAway(home);
        assertThatThrownBy(() -> new Home(home, true).create())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("another user");
    }

    @Test
    void aHomeThatOthersCouldPutAnotherInThePlaceOfIsRefused() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        Path inside = Files.createDirectories(open.resolve("a/home"));
        mode(open, "rwxrwxrwx");
        Home exposed = new Home(inside, true);
        assertThatThrownBy(exposed::create).isInstanceOf(Failure.class).hasMessageContaining(open.toString());
        Path link = Files.createSymbolicLink(folder.resolve("link"), inside);
        assertThatThrownBy(() -> new Home(link, true).create()).isInstanceOf(Failure.class);
        sticky(open);
        exposed.create();
        new Home(link, true).create();
    }

    @Test
    void aLinkOnTheWayHomeIsOnlyFollowedWhereItIsOursOrTheSystems() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        sticky(open);
        Path link = Files.createSymbolicLink(open.resolve("home"), home);
        new Home(link, true).create();
        giveAway(link);
        assertThatThrownBy(() -> new Home(link, true).create()).isInstanceOf(Failure.class);
    }

    private static void giveAway(Path file) throws IOException {
        Optional<Integer> own = Optional.of((Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS));
        assumeTrue(own.get() == 0, "only root can give files away");
        Files.setAttribute(file, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
    }

    private static void sticky(Path directory) throws Exception {
        run("chmod", "1777", directory.toString());
    }

    private static void pipe(Path file) throws Exception {
        run("mkfifo", file.toString());
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
