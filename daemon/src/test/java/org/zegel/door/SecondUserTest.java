package org.zegel.door;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.daemon.RuntimeFiles;
import org.zegel.fixtures.Needs;

/**
 * Two real users of one machine: the daemon runs as an ordinary one that allows no core dumps, as it does for people;
 * another one and root knock. Needs root, to become either.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells whose a TCP connection is")
class SecondUserTest {
    private static final int PERSON = 65534;
    private static final int OTHER = 65533;

    @TempDir
    Path folder;

    private Path home;
    private Process daemon;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.getAttribute(folder, "unix:uid").equals(0), "only root can start programs as two other users");
        Needs.program("setpriv");
        Needs.program("curl");
        Needs.program("socat");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = Files.createDirectory(folder.resolve("h"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        Files.setAttribute(home, "unix:uid", PERSON, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(home, "unix:gid", PERSON, LinkOption.NOFOLLOW_LINKS);
        // The classes may lie where an ordinary user reads nothing; this right is to read and search, no more.
        List<String> command = as(PERSON, "--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search");
        command.addAll(TestDaemon.command(home, 120));
        daemon = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("daemon.out").toFile())
                .start();
        Path port = RuntimeFiles.of(home).httpPort();
        long end = System.nanoTime() + SECONDS.toNanos(90);
        while (!Files.exists(port) && daemon.isAlive() && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        assertThat(port).as(() -> read("daemon.out")).exists();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (daemon != null) {
            daemon.destroyForcibly().waitFor();
        }
    }

    @Test
    void anotherUserIsNotAnsweredAndThePersonIs() throws Exception {
        String port = Files.readString(RuntimeFiles.of(home).httpPort());
        String[] hello = {
            "curl",
            "-sS",
            "-m",
            "20",
            "-H",
            "Content-Type: application/json",
            "-d",
            "{}",
            "http://127.0.0.1:" + port + "/hello"
        };
        assertThat(run(as(PERSON), hello)).contains("\"Zegel\"");
        assertThat(run(as(OTHER), hello)).doesNotContain("Zegel").doesNotContain("HTTP");
        assertThat(run(as(0), hello)).as("root, who is not the person either").doesNotContain("\"Zegel\"");
        hello[hello.length - 1] = "http://[::1]:" + port + "/hello";
        assertThat(run(as(OTHER), hello)).doesNotContain("\"Zegel\"");
        assertThat(run(as(PERSON), hello)).isNotEmpty();
    }

    @Test
    void theSocketIsClosedToAnotherUserAlsoWhereItsModesAreNot() throws Exception {
        Path socket = RuntimeFiles.of(home).socket();
        String[] knock = {"socat", "-T", "10", "-", "UNIX-CONNECT:" + socket};
        assertThat(run(as(OTHER), knock)).contains("Permission denied");
        for (Path open = socket; !open.equals(folder); open = open.getParent()) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        assertThat(run(as(OTHER), knock)).doesNotContain("Permission denied").doesNotContain("Zegel");
        assertThat(run(as(PERSON), knock)).contains("Zegel");
    }

    private static List<String> as(int user, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "setpriv", "--reuid", Integer.toString(user), "--regid", Integer.toString(user), "--clear-groups"));
        command.addAll(List.of(options));
        return command;
    }

    /** What the program says on both streams; a greeting is in its input. */
    private static String run(List<String> prefix, String... program) throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(program));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        byte[] call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\"}".getBytes(StandardCharsets.US_ASCII);
        java.nio.ByteBuffer frame = java.nio.ByteBuffer.allocate(4 + call.length)
                .order(java.nio.ByteOrder.nativeOrder())
                .putInt(call.length)
                .put(call);
        try (var in = process.getOutputStream()) {
            in.write(frame.array());
        } catch (IOException gone) {
            assertThat(gone).hasMessageContaining("pipe");
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor(60, SECONDS)).isTrue();
        return said;
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException absent) {
            return "";
        }
    }
}
