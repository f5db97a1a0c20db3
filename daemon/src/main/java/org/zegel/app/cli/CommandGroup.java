package org.zegel.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only has subcommands: on its own it is a usage error. */
abstract class CommandGroup implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Override
    public final Integer call() {
        CommandLine line = spec.commandLine();
        throw new ParameterException(
                line,
                "Say what to do: " + String.join(", ", line.getSubcommands().keySet()) + ".");
    }
}
