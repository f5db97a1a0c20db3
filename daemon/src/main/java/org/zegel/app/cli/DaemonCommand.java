package org.zegel.app.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.zegel.app.config.Home;
import org.zegel.app.config.LogLevel;
import org.zegel.app.config.Settings;
import org.zegel.app.daemon.DaemonMain;
import org.zegel.app.daemon.RuntimeFiles;
import org.zegel.app.daemon.SingleInstance;
import org.zegel.app.wiring.ServedZegel;
import org.zegel.app.wiring.Setup;
import org.zegel.app.wiring.Zegel;
import picocli.CommandLine;

/** {@code zegel daemon}: usually started by the relay or another command, not by a person. */
@CommandLine.Command(
        name = "daemon",
        description = "Runs the daemon until it is idle; other commands and browsers start it when they need it.")
final class DaemonCommand implements Callable<Integer> {
    private static final int SECONDS = 30;

    @CommandLine.Option(names = "--stop", description = "Ends the running daemon, if there is one.")
    private boolean stop;

    @Override
    public Integer call() throws Exception {
        Home home = Home.current().create();
        if (stop) {
            return stop(home);
        }
        Setup setup = Houses.setup(home, Prompters::ofTheDaemon);
        DaemonMain.run(
                home.directory(), log(setup.settings()), _ -> new ServedZegel(Zegel.open(setup), setup.settings()));
        return ExitStatus.DONE;
    }

    /** The environment's word counts unless the policy has one. */
    private static LogLevel log(Settings settings) {
        LogLevel configured = settings.daemon().log();
        return settings.forced().contains("daemon.log-level")
                ? configured
                : LogLevel.of(System.getenv()).orElse(configured);
    }

    /** By a signal and not through a door: a person at a shell may always end their own process. */
    private static int stop(Home home) throws IOException, InterruptedException, ExecutionException, CommandError {
        Optional<ProcessHandle> running =
                SingleInstance.holder(RuntimeFiles.of(home.directory()).lock());
        if (running.isEmpty()) {
            return ExitStatus.DONE;
        }
        running.get().destroy();
        try {
            running.get().onExit().get(SECONDS, TimeUnit.SECONDS);
            return ExitStatus.DONE;
        } catch (TimeoutException busy) {
            throw new CommandError("busy", "The daemon is still busy. Try again in a moment.");
        }
    }
}
