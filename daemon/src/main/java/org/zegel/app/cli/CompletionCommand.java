package org.zegel.app.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;

/** {@code zegel completion}. */
@CommandLine.Command(
        name = "completion",
        description = "Prints a completion script for bash and zsh: source <(zegel completion)")
final class CompletionCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        byte[] script =
                AutoComplete.bash("zegel", CommandLineTool.commandLine(false)).getBytes(StandardCharsets.UTF_8);
        PrintStream out = System.out;
        out.write(script, 0, script.length);
        out.flush();
        return ExitStatus.DONE;
    }
}
