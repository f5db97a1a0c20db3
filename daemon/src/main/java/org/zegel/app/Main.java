package org.zegel.app;

import java.util.Arrays;
import org.zegel.app.cli.CommandLineTool;

/** The one main class: the relay that browsers start, or the command line. */
public final class Main {
    private static final String NATIVE_HOST = "native-host";

    private Main() {}

    /** Runs to an exit status. */
    public static void main(String[] arguments) {
        System.exit(isBrowsersStart(arguments) ? relay(arguments) : CommandLineTool.run(arguments));
    }

    /** {@code native-host} followed by nothing or by what browsers add; its own options all begin otherwise. */
    private static boolean isBrowsersStart(String[] arguments) {
        return arguments.length > 0
                && arguments[0].equals(NATIVE_HOST)
                && (arguments.length == 1 || !isOwnOption(arguments[1]));
    }

    private static boolean isOwnOption(String argument) {
        return Arrays.asList("--register", "--unregister", "--extension-id", "--json", "--help", "-h")
                .contains(argument.split("=", 2)[0]);
    }

    private static int relay(String[] arguments) {
        return 3;
    }
}
