package org.zegel.app.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs other programs. */
final class Commands {
    private static final long PATIENCE_SECONDS = 600;

    private Commands() {}

    /** Runs it to its end; what it says goes into the error when it fails. */
    static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(command.getFirst() + " did not end");
            }
            if (process.exitValue() != 0) {
                throw new IOException(command.getFirst() + " failed: " + said.strip());
            }
            return said;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped.", stop);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Whether there is such a program. */
    static boolean exists(String... command) {
        try {
            run(List.of(command));
            return true;
        } catch (IOException missing) {
            return false;
        }
    }
}
