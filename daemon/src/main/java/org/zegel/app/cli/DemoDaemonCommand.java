package org.zegel.app.cli;

import java.time.Clock;
import java.util.concurrent.Callable;
import org.zegel.app.demo.Demo;
import org.zegel.app.demo.DemoKeys;
import org.zegel.app.throwaway.ThrowawayDaemon;
import picocli.CommandLine;

/** The daemon that {@code zegel demo} starts for itself. */
@CommandLine.Command(name = Demo.DAEMON, hidden = true, description = "Serves throwaway keys until stdin ends.")
final class DemoDaemonCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        return ThrowawayDaemon.run(DemoKeys.make(Clock.systemUTC()));
    }
}
