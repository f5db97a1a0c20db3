package org.zegel.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo's daemon as its parent sees it; it ends with its parent, whatever happens. */
final class DemoDaemonProcess implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PATIENCE_SECONDS = 10;

    private final Process process;

    private DemoDaemonProcess(Process process) {
        this.process = process;
    }

    /** Where the daemon is, and whom its demo messages are encrypted to (PEM). */
    record Address(Path home, String certificate, int httpPort) {}

    /** @param program how this program is started, without arguments */
    static DemoDaemonProcess start(List<String> program) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.add("demo-daemon");
        return new DemoDaemonProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Waits until the daemon serves. */
    Address address() throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        String line = reader.readLine();
        if (line == null) {
            throw new IOException("the demo's daemon did not start");
        }
        JsonNode told = JSON.readTree(line);
        return new Address(
                Path.of(told.get("home").asString()),
                told.get("certificate").asString(),
                told.get("httpPort").asInt());
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
            }
        } catch (IOException gone) {
            process.destroy();
        } catch (InterruptedException stop) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
