package org.zegel.app.cli;

import java.nio.file.Path;
import java.util.List;

/** How this very program is started again: by its launcher, or by Java itself where there was none. */
final class Launcher {
    private Launcher() {}

    static List<String> command() {
        String launcher = System.getProperty("zegel.launcher");
        if (launcher != null) {
            return List.of(launcher);
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.zegel.app.Main");
    }
}
