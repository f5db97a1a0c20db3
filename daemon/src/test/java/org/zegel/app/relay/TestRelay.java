package org.zegel.app.relay;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.zegel.app.daemon.DaemonStarter;
import org.zegel.app.daemon.RuntimeFiles;
import org.zegel.door.TestDaemon;

/** The relay's process, which starts the tests' daemon instead of the product's. First argument: the home. */
public final class TestRelay {
    private TestRelay() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        List<String> browser = Arrays.asList(arguments).subList(1, arguments.length);
        RelayMain.run(browser, RuntimeFiles.of(home), new DaemonStarter(TestDaemon.command(home, 60), Map.of()));
    }
}
