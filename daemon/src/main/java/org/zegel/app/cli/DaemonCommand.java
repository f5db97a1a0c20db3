package org.zegel.app.cli;

import org.zegel.app.config.Home;
import org.zegel.app.daemon.DaemonMain;
import org.zegel.app.wiring.ServedZegel;
import org.zegel.app.wiring.Setup;
import org.zegel.app.wiring.Zegel;
import picocli.CommandLine;

/** {@code zegel daemon}: usually started by the relay or another command, not by a person. */
@CommandLine.Command(
        name = "daemon",
        description = "Runs the daemon until it is idle; other commands and browsers start it when they need it.")
final class DaemonCommand implements java.util.concurrent.Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        Home home = Home.current().create();
        Setup setup = Houses.setup(home, Prompters.ofTheDaemon());
        DaemonMain.run(home.directory(), _ -> new ServedZegel(Zegel.open(setup), setup.settings()));
        return ExitStatus.DONE;
    }
}
