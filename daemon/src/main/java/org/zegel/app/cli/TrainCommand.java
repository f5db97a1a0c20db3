package org.zegel.app.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.zegel.app.demo.Demo;
import picocli.CommandLine;

/**
 * What a JVM is shown once after a build, so that it remembers the classes that real work needs (JEP 514): the demo, in
 * one process and without words. It touches nothing of the person's.
 */
@CommandLine.Command(name = "train", hidden = true, description = "Does what is usually done, for -XX:AOTCacheOutput.")
final class TrainCommand implements Callable<Integer> {
    private static final long PATIENCE_MILLIS = 60_000;

    @Override
    public Integer call() throws Exception {
        Thread.ofPlatform().daemon().name("no-longer").start(TrainCommand::endLate);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        boolean well = Demo.inOneProcess(Launcher.ofChildren(), nowhere, Clock.systemUTC())
                .run();
        return well ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    /** A build waits for this. */
    private static void endLate() {
        try {
            Thread.sleep(PATIENCE_MILLIS);
            Runtime.getRuntime().halt(ExitStatus.FAILED);
        } catch (InterruptedException ended) {
            return;
        }
    }
}
