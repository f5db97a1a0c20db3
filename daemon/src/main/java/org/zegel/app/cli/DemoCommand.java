package org.zegel.app.cli;

import picocli.CommandLine;

/** {@code zegel demo}. */
@CommandLine.Command(
        name = "demo",
        description = "Signs, encrypts, opens and judges real messages through every door, with throwaway keys.")
final class DemoCommand implements java.util.concurrent.Callable<Integer> {
    @Override
    public Integer call() {
        return ExitStatus.DONE;
    }
}
