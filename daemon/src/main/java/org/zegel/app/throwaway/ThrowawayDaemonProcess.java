package org.zegel.app.throwaway;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A daemon of throwaway keys as its parent sees it; it ends with its parent, whatever happens. */
public final class ThrowawayDaemonProcess implements ServedKeys {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PATIENCE_SECONDS = 10;

    private final Process process;

    private ThrowawayDaemonProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param program how this program is started, without arguments
     * @param arguments the command that serves throwaway keys
     */
    public static ThrowawayDaemonProcess start(List<String> program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(arguments);
        return new ThrowawayDaemonProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Waits until the daemon serves. */
    @Override
    public Address address() throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        String line = reader.readLine();
        if (line == null) {
            throw new IOException("the daemon of throwaway keys did not start");
        }
        JsonNode told = JSON.readTree(line);
        Map<String, String> certificates = new LinkedHashMap<>();
        told.get("certificates")
                .properties()
                .forEach(each -> certificates.put(each.getKey(), each.getValue().asString()));
        return new Address(
                Path.of(told.get("home").asString()),
                certificates,
                told.get("httpPort").asInt());
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
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
