package org.zegel.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.zegel.door.TestDaemon;

/** In a JVM of its own, because what is forbidden once is forbidden for good. */
class CoreDumpsTest {
    /** Says what the kernel says of this process, after its memory was kept out of dumps. */
    static final class Undumped {
        private Undumped() {}

        public static void main(String[] arguments) throws Exception {
            boolean before = isDumpable();
            boolean done = CoreDumps.forbid();
            String limit = Files.readAllLines(Path.of("/proc/self/limits")).stream()
                    .filter(line -> line.startsWith("Max core file size"))
                    .findFirst()
                    .orElse("?")
                    .replaceAll("\\s+", " ");
            // What Zegel itself looks up there still works.
            int sockets = Files.readAllLines(Path.of("/proc/self/net/tcp")).size();
            Path program = Path.of("/proc/self/exe").toRealPath();
            Process child = new ProcessBuilder("true").start();
            System.out.printf(
                    "%s %s %s [%s] %d %s %d%n",
                    before,
                    done,
                    isDumpable(),
                    limit.strip(),
                    Math.min(sockets, 1),
                    program.getFileName(),
                    child.waitFor());
        }
    }

    private static boolean isDumpable() {
        // PR_GET_DUMPABLE; the owner of /proc/self says the same, but not where root asks.
        return com.sun.jna.NativeLibrary.getInstance("c").getFunction("prctl").invokeInt(new Object[] {3, 0L, 0L, 0L, 0L
                })
                == 1;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theKernelWritesNoDumpAndTheProcessGoesOn() throws Exception {
        Process process = new ProcessBuilder(TestDaemon.java(Undumped.class))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said.strip()).isEqualTo("true true false [Max core file size 0 0 bytes] 1 java 0");
    }
}
