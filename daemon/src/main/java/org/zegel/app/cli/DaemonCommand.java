package org.zegel.app.cli;

import picocli.CommandLine;

/** {@code zegel daemon}: usually started by the relay or another command, not by a person. */
@CommandLine.Command(
        name = "daemon",
        description = "Runs the daemon until it is idle; other commands and browsers start it when they need it.")
final class DaemonCommand extends Command {
    @Override
    int run() {
        return ExitStatus.DONE;
    }
}
