package org.zegel.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.zegel.app.daemon.DaemonLine;
import org.zegel.app.daemon.RuntimeFiles;
import org.zegel.door.TestDaemon;

/** A daemon of {@link SoakDaemon} in a process of its own, and what the system tells of that process. */
final class DaemonProcess implements AutoCloseable {
    static final int FIRST_PORT = 39700;

    private static final int LAST_PORT = 39739;
    private static final long SECONDS = 60;
    private static final String HEAP = "-Xmx192m";

    private final Path home;
    private final Process process;
    private final BufferedReader answers;

    private DaemonProcess(Path home, Process process) {
        this.home = home;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Makes the home: no network, no CAs but those that are added, ports of its own. */
    static void configure(Path home) throws IOException {
        Files.createDirectories(home);
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(home.resolve("config.toml"), """
                [http]
                first-port = %d
                last-port = %d
                [trust]
                system-anchors = false
                offline = true
                revocation = "off"
                """.formatted(FIRST_PORT, LAST_PORT));
    }

    /** Starts it and waits until it can be called. What it says aside from its log goes to the file. */
    static DaemonProcess start(Path home, boolean agreesToAll, Path said) throws Exception {
        DaemonProcess started = launch(home, agreesToAll, said);
        try {
            started.awaitSocket(said);
            return started;
        } catch (Exception | AssertionError failed) {
            started.kill();
            throw failed;
        }
    }

    /** Starts it and does not wait. */
    static DaemonProcess launch(Path home, boolean agreesToAll, Path said) throws IOException {
        List<String> command =
                new ArrayList<>(TestDaemon.java(SoakDaemon.class, home.toString(), Boolean.toString(agreesToAll)));
        command.add(1, HEAP);
        return new DaemonProcess(
                home,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(said.toFile()))
                        .start());
    }

    private void awaitSocket(Path said) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            try (DaemonLine line = connect()) {
                return;
            } catch (IOException notYet) {
                Thread.sleep(5);
            }
        }
        throw new AssertionError("the daemon did not start: " + Files.readString(said));
    }

    DaemonLine connect() throws IOException {
        return DaemonLine.connect(RuntimeFiles.of(home).socket());
    }

    /** Waits for the HTTP door. */
    int httpPort() throws Exception {
        Path file = RuntimeFiles.of(home).httpPort();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!Files.exists(file)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no HTTP door");
            }
            Thread.sleep(20);
        }
        return Integer.parseInt(Files.readString(file));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Path home() {
        return home;
    }

    /** What it has open: how many of each kind. Spool files have no name any more, and are of the kind "spool". */
    Map<String, Integer> openFiles() throws IOException {
        Map<String, Integer> kinds = new TreeMap<>();
        for (String target : ask(Inspector.OPEN_FILES)) {
            kinds.merge(kind(target), 1, Integer::sum);
        }
        return kinds;
    }

    private static String kind(String target) {
        if (target.startsWith("socket:")) {
            return "socket";
        }
        if (target.contains("/spool/")) {
            return "spool";
        }
        if (target.equals("closed")) {
            return "closed";
        }
        return target.startsWith("/") && !target.startsWith("/dev/") && !target.startsWith("/proc/") ? "file" : "other";
    }

    /** Resident memory in bytes. */
    long resident() throws IOException {
        return status("VmRSS:") * 1024;
    }

    /** Threads of the system. */
    long threads() throws IOException {
        return status("Threads:");
    }

    private long status(String field) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IllegalStateException(field);
    }

    /** Collects garbage and tells what is left. */
    LiveHeap liveHeap() throws Exception {
        return LiveHeap.parse(ask("gcClassHistogram"));
    }

    /** The names of all threads, virtual ones too; those without a name are "". */
    List<String> threadNames() throws Exception {
        Path dump = Files.createTempFile("zegel-threads", ".txt");
        try {
            ask("threadDumpToFile", "-overwrite", dump.toString());
            return Files.readAllLines(dump, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.matches("#\\d+ \".*"))
                    .map(line -> line.substring(line.indexOf('"') + 1, line.indexOf('"', line.indexOf('"') + 1)))
                    .toList();
        } finally {
            Files.deleteIfExists(dump);
        }
    }

    private synchronized List<String> ask(String... words) throws IOException {
        process.getOutputStream().write((String.join(" ", words) + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        List<String> lines = new ArrayList<>();
        for (String line = answers.readLine(); line != null && !line.isEmpty(); line = answers.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    /** As a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end and waits. */
    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("the daemon did not end when asked to");
        }
    }
}
