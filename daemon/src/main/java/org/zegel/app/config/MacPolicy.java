package org.zegel.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.zegel.model.Failure;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The managed preferences of {@code org.zegel}: a dictionary for each section. Read by the system's own plutil. */
final class MacPolicy implements PolicySource {
    static final Path FILE = Path.of("/Library/Managed Preferences/org.zegel.plist");

    private static final int WAIT_SECONDS = 10;
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;

    MacPolicy(Path file) {
        this.file = file;
    }

    @Override
    public RawSettings read() throws Failure {
        RawSettings none = RawSettings.none("the managed preferences (org.zegel)");
        if (Files.notExists(file)) {
            return none;
        }
        try {
            return parse(asJson(), none);
        } catch (IOException | JacksonException unreadable) {
            throw none.refusal(0, "cannot be read; the administrator must repair that.");
        }
    }

    static RawSettings parse(byte[] json, RawSettings none) {
        Map<String, RawSettings.Value> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> section : JSON.readTree(json).properties()) {
            TomlSettings.flatten(
                    section.getKey(),
                    section.getValue(),
                    (name, value) -> values.put(name, new RawSettings.Value(TomlSettings.plain(value), 0)));
        }
        return new RawSettings(none.source(), values);
    }

    private byte[] asJson() throws IOException {
        Process process = new ProcessBuilder(
                        List.of("/usr/bin/plutil", "-convert", "json", "-o", "-", "--", file.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            process.getOutputStream().close();
            byte[] json = process.getInputStream().readNBytes(TomlSettings.MAX_FILE);
            if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("plutil failed");
            }
            return json;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } finally {
            process.destroyForcibly();
        }
    }
}
