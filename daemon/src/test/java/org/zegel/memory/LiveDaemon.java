package org.zegel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.zegel.app.daemon.DaemonClient;
import org.zegel.door.TestDaemon;

/** A {@link DumpingDaemon} in a process of its own, over the folder's {@code home}. */
final class LiveDaemon implements AutoCloseable {
    private static final int DUMPS = 20;

    private final Path folder;
    private final Process process;

    private LiveDaemon(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** Without a display, unless the environment names one. */
    static LiveDaemon start(Path folder, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command())
                .redirectError(folder.resolve("stderr").toFile());
        builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"));
        builder.environment().put("ZEGEL_HOME", folder.resolve("home").toString());
        builder.environment().putAll(environment);
        return new LiveDaemon(folder, builder.start());
    }

    /** With the compiler that makes key derivation fast: that is what most of the time goes to. */
    private static List<String> command() {
        return TestDaemon.java(DumpingDaemon.class).stream()
                .filter(word -> !word.startsWith("-XX:TieredStopAtLevel"))
                .toList();
    }

    DaemonClient connect() throws Exception {
        for (int i = 0; i < 600; i++) {
            try {
                return DaemonClient.openRunning(folder.resolve("home"));
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new AssertionError("the daemon did not start: " + Files.readString(folder.resolve("stderr")));
    }

    /** The HTTP door's port, once it is open. */
    String port() throws Exception {
        Path file = folder.resolve("home/run/http-port");
        for (int i = 0; i < 600 && !Files.exists(file); i++) {
            Thread.sleep(50);
        }
        return Files.readString(file).strip();
    }

    void tell(String command) throws IOException {
        process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        assertThat(process.getInputStream().read()).as(() -> stderr()).isEqualTo('.');
    }

    private String stderr() {
        try {
            return Files.readString(folder.resolve("stderr"));
        } catch (IOException gone) {
            return "";
        }
    }

    HeapDump dump() throws IOException {
        Path file = folder.resolve("live.hprof");
        tell("dump " + file);
        try {
            return HeapDump.read(file);
        } finally {
            if (!Boolean.getBoolean("zegel.keep.dumps")) {
                Files.delete(file);
            }
        }
    }

    /** What of this stays among the live objects; what goes a moment after the answer is given that moment. */
    List<String> left(Needles needles) throws Exception {
        HeapDump dump = dump();
        for (int i = 0; i < DUMPS && needles.isIn(dump); i++) {
            Thread.sleep(100);
            dump = dump();
        }
        return needles.in(dump);
    }

    /** The ordinary end by SIGTERM; the process stays until {@link #end}, with everything closed. */
    void terminate() throws IOException {
        tell("linger");
        // Not by the Process itself, which would close its streams.
        process.toHandle().destroy();
        assertThat(process.getInputStream().read()).as("closed").isEqualTo('!');
    }

    int end() throws Exception {
        tell("end");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
