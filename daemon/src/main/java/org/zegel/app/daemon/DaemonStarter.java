package org.zegel.app.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zegel.app.system.SocketPeer;

/** Starts a daemon that outlives its starter: a session of its own, no terminal, nobody's standard streams. */
public final class DaemonStarter {
    private final List<String> command;
    private final Map<String, String> environment;

    /** {@code environment} is added to this process's own. */
    public DaemonStarter(List<String> command, Map<String, String> environment) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
    }

    /** Starts the program this process is: by its launcher (system property {@code zegel.launcher}), else by Java. */
    public static DaemonStarter ofThisProgram(Path home) {
        String launcher = System.getProperty("zegel.launcher");
        List<String> command = new ArrayList<>();
        if (launcher != null) {
            command.add(launcher);
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-XX:+UseSerialGC", "-Xlog:disable", "-Xlog:all=error:stderr"));
            // Nobody looks into the memory of a process that holds keys; ZEGEL_JAVA_OPTIONS can undo it to find a
            // fault.
            command.addAll(List.of("-XX:+DisableAttachMechanism", "-XX:-CreateCoredumpOnCrash"));
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add(SocketPeer.EXPORT);
            String options = System.getenv("ZEGEL_JAVA_OPTIONS");
            if (options != null && !options.isBlank()) {
                command.addAll(List.of(options.strip().split("\\s+")));
            }
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.zegel.app.Main"));
        }
        command.add("daemon");
        return new DaemonStarter(
                command, Map.of("ZEGEL_HOME", home.toAbsolutePath().toString()));
    }

    /** Starts the daemon without waiting for it; what it says while starting goes to the start log. */
    public Process start(RuntimeFiles files) throws IOException {
        List<String> all = new ArrayList<>();
        Path setsid = Path.of("/usr/bin/setsid");
        if (Files.isExecutable(setsid)) {
            all.add(setsid.toString());
        }
        all.addAll(command);
        PrivateFile.prepare(files.startLog());
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(files.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(files.startLog().toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }
}
