package org.zegel.consent.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.Needs;

@Timeout(60)
class DisplayProbeTest {
    @TempDir
    Path directory;

    @Test
    void whatSaysNothingIsNoDisplay() throws IOException {
        UnixDomainSocketAddress silent = UnixDomainSocketAddress.of(directory.resolve("silent"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(silent);
            assertThat(DisplayProbe.answers(silent)).isFalse();
        }
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(DisplayProbe.answers(server.getLocalSocketAddress())).isFalse();
        }
    }

    @Test
    void whatIsNotThereIsNoDisplay() {
        assertThat(DisplayProbe.answers(UnixDomainSocketAddress.of(directory.resolve("none"))))
                .isFalse();
        assertThat(DisplayProbe.answers(":9987")).isFalse();
        assertThat(DisplayProbe.answers("127.0.0.1:99.0")).isFalse();
        assertThat(DisplayProbe.answers("no-such-host.invalid:0")).isFalse();
    }

    @Test
    void aNameOfAnotherKindIsTheToolkitsToJudge() {
        assertThat(DisplayProbe.answers("/private/tmp/com.apple.launchd.x/org.xquartz:0"))
                .isTrue();
    }

    /** {@code -noreset}: else the server begins anew when its only client leaves, and breaks off who comes meanwhile. */
    @Test
    void aRealServerAnswers() throws Exception {
        Process server = new ProcessBuilder(
                        Needs.program("Xvfb").toString(), "-noreset", "-displayfd", "1", "-screen", "0", "320x200x24")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String display = ":" + server.inputReader().readLine();
            assertThat(DisplayProbe.answers(display)).isTrue();
            assertThat(DisplayProbe.answers("unix" + display + ".0")).isTrue();
            server.destroy();
            server.waitFor();
            assertThat(DisplayProbe.answers(display)).isFalse();
        } finally {
            server.destroyForcibly();
        }
    }
}
