package org.zegel.app.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which standard streams are a person's terminal. */
final class Terminals {
    private Terminals() {}

    /** Whether stdin and stdout both are, as the JDK tells. */
    static boolean present() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** Whether stderr is; where the system does not say, as good as both others. */
    static boolean errorIsTerminal() {
        return isTerminal(2);
    }

    static boolean inputIsTerminal() {
        return isTerminal(0);
    }

    /** The terminal's device, for questions of the daemon; null where this process has none. */
    static @Nullable String device() {
        for (int descriptor = 0; descriptor <= 2; descriptor++) {
            String target = target(descriptor);
            if (target != null && isDevice(target)) {
                return target;
            }
        }
        return null;
    }

    private static boolean isTerminal(int descriptor) {
        String target = target(descriptor);
        return target == null ? present() : isDevice(target);
    }

    private static boolean isDevice(String target) {
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    }

    /** What the descriptor is open on, where the system tells (Linux). */
    private static @Nullable String target(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            return Files.isSymbolicLink(link) ? Files.readSymbolicLink(link).toString() : null;
        } catch (IOException hidden) {
            return null;
        }
    }
}
