package org.zegel.app.cli;

import java.util.concurrent.Callable;
import org.zegel.app.demo.DemoDaemon;
import picocli.CommandLine;

/** The daemon that {@code zegel demo} starts for itself. */
@CommandLine.Command(name = "demo-daemon", hidden = true, description = "Serves throwaway keys until stdin ends.")
final class DemoDaemonCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        return DemoDaemon.run();
    }
}
