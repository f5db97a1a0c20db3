package org.zegel.app.cli;

import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;

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

    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            if (Files.isSymbolicLink(link)) {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            }
        } catch (java.io.IOException hidden) {
            return false;
        }
        return present();
    }
}
