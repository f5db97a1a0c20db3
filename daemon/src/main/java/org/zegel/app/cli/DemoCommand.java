package org.zegel.app.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.zegel.app.demo.Demo;
import org.zegel.model.Failure;
import org.zegel.protocol.RequestError;
import picocli.CommandLine;

/** {@code zegel demo}. */
@CommandLine.Command(
        name = "demo",
        description = "Signs, encrypts, opens and judges real messages through every door, with throwaway keys.")
final class DemoCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Failure, RequestError, IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        return Demo.of(Launcher.ofChildren(), out, Clock.systemUTC()).run() ? ExitStatus.DONE : ExitStatus.FAILED;
    }
}
