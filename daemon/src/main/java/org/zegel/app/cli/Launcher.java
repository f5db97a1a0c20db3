package org.zegel.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.zegel.app.system.AotCache;
import org.zegel.app.system.SocketPeer;

/** How this very program is started again. */
final class Launcher {
    private static final String TEMPORARY = "java.io.tmpdir";

    private Launcher() {}

    /** By its launcher, or by Java itself where there was none. */
    static List<String> command() {
        String launcher = System.getProperty("zegel.launcher");
        return launcher == null ? java(List.of()) : List.of(launcher);
    }

    /** By Java itself, with what this process was given: for children that do not outlive it. */
    static List<String> ofChildren() {
        List<String> options = new ArrayList<>();
        options.add("-D" + TEMPORARY + "=" + System.getProperty(TEMPORARY));
        String given = System.getenv("ZEGEL_JAVA_OPTIONS");
        if (given != null && !given.isBlank()) {
            options.addAll(List.of(given.strip().split("\\s+")));
        }
        return java(options);
    }

    private static List<String> java(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xlog:disable", "-Xlog:all=error:stderr", "-Xlog:aot*=off:stderr"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add(SocketPeer.EXPORT);
        command.addAll(AotCache.option());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.zegel.app.Main"));
        return command;
    }
}
