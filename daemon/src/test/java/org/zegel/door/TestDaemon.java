package org.zegel.door;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.zegel.app.daemon.DaemonMain;

/** The daemon's process with a person who always says yes. Arguments: the home, and seconds of idleness. */
public final class TestDaemon {
    private TestDaemon() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Duration idle = Duration.ofSeconds(Long.parseLong(arguments[1]));
        DaemonMain.run(home, files -> new TestParts(home, idle));
        System.exit(0);
    }

    /** The command that runs it. */
    public static List<String> command(Path home, int idleSeconds) {
        return java(TestDaemon.class, home.toString(), Integer.toString(idleSeconds));
    }

    /** A Java process of this class path. */
    public static List<String> java(Class<?> main, String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "--enable-native-access=ALL-UNNAMED",
                org.zegel.app.system.SocketPeer.EXPORT,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
