package org.zegel.app.cli;

import java.util.Locale;
import org.zegel.model.Caller;
import org.zegel.model.Door;

/** The command line as a caller of its own process. */
final class Callers {
    private Callers() {}

    static Caller thisProcess() {
        String process = String.format(
                Locale.ROOT, "command-line-%d", ProcessHandle.current().pid());
        return new Caller(Door.IN_PROCESS, null, null, Terminals.device(), process)
                .withProcess(
                        ProcessHandle.current().pid(),
                        System.getProperty(
                                "zegel.launcher",
                                ProcessHandle.current().info().command().orElse(null)));
    }
}
