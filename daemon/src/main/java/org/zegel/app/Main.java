package org.zegel.app;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.zegel.app.cli.CommandLineTool;
import org.zegel.app.relay.RelayMain;

/** The one main class: the relay that browsers start, or the command line. */
public final class Main {
    private static final String NATIVE_HOST = "native-host";
    private static final int FAILED = 3;

    private Main() {}

    /** Runs to an exit status. */
    public static void main(String[] arguments) {
        List<String> all = Arrays.asList(arguments);
        boolean browser =
                !all.isEmpty() && all.getFirst().equals(NATIVE_HOST) && RelayMain.isBrowser(all.subList(1, all.size()));
        System.exit(browser ? relay(all.subList(1, all.size())) : CommandLineTool.run(arguments));
    }

    /** Without picocli, because a browser waits. */
    private static int relay(List<String> arguments) {
        try {
            RelayMain.run(arguments, CommandLineTool.home());
            return 0;
        } catch (IOException gone) {
            LoggerFactory.getLogger(Main.class).warn("the relay ended", gone);
            return FAILED;
        }
    }
}
