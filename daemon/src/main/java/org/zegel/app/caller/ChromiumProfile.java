package org.zegel.app.caller;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** One profile of a browser of Chromium's family. */
final class ChromiumProfile {
    private static final Pattern MESSAGE = Pattern.compile("__MSG_([A-Za-z0-9_@]{1,100})__");
    private static final Pattern LOCALE = Pattern.compile("[A-Za-z0-9_]{1,20}");

    private final Path folder;

    ChromiumProfile(Path folder) {
        this.folder = folder;
    }

    /** The extension's name by its manifest: in the preferences, or in the extension's own folder. */
    Optional<String> name(String id) throws IOException {
        for (String file : List.of("Secure Preferences", "Preferences")) {
            JsonNode settings = ExtensionNames.json(folder.resolve(file))
                    .path("extensions")
                    .path("settings")
                    .path(id);
            if (settings.isObject()) {
                return name(settings);
            }
        }
        return Optional.empty();
    }

    private Optional<String> name(JsonNode settings) throws IOException {
        String path = settings.path("path").asString("");
        // Relative for what came from a shop, absolute for what a developer loads from elsewhere.
        Path extension = path.isEmpty() ? folder : folder.resolve("Extensions").resolve(path);
        JsonNode manifest = settings.path("manifest");
        if (!manifest.isObject()) {
            manifest = ExtensionNames.json(extension.resolve("manifest.json"));
        }
        String name = manifest.path("name").asString("");
        Matcher message = MESSAGE.matcher(name);
        if (!message.matches()) {
            return Optional.of(name).filter(text -> !text.isEmpty());
        }
        String locale = manifest.path("default_locale").asString("");
        return LOCALE.matcher(locale).matches()
                ? translated(extension.resolve("_locales").resolve(locale), message.group(1))
                : Optional.empty();
    }

    /** Names of messages are compared without regard to case. */
    private static Optional<String> translated(Path locale, String key) throws IOException {
        for (Map.Entry<String, JsonNode> message :
                ExtensionNames.json(locale.resolve("messages.json")).properties()) {
            if (message.getKey().toLowerCase(Locale.ROOT).equals(key.toLowerCase(Locale.ROOT))) {
                return Optional.of(message.getValue().path("message").asString(""));
            }
        }
        return Optional.empty();
    }
}
