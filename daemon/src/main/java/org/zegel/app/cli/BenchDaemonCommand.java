package org.zegel.app.cli;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.zegel.app.bench.Bench;
import org.zegel.app.bench.BenchKeys;
import org.zegel.app.throwaway.ThrowawayDaemon;
import org.zegel.trust.throwaway.ThrowawayAuthority;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** The daemon that {@code zegel bench} starts for itself. */
@CommandLine.Command(name = Bench.DAEMON, hidden = true, description = "Serves throwaway keys until stdin ends.")
final class BenchDaemonCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "KEY", converter = BenchCommand.KeyNames.class)
    List<ThrowawayAuthority.Kind> keys = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        return ThrowawayDaemon.run(BenchKeys.make(keys, Clock.systemUTC()));
    }
}
