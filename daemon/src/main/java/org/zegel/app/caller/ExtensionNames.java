package org.zegel.app.caller;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.model.DisplayText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a browser's profiles call an extension. Its author chose the name, and any program of the person could have
 * written the profile: it is for showing beside the id, never instead of it. Whatever goes wrong, there is no name.
 */
final class ExtensionNames {
    /** Longest name, in characters. */
    static final int MAX_NAME = 64;

    /** Longest file that is read, in bytes. */
    static final int MAX_FILE = 8 << 20;

    /** Most profiles that are looked into. */
    static final int MAX_PROFILES = 16;

    private static final Logger LOG = LoggerFactory.getLogger(ExtensionNames.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path home;

    /** {@code home}: the person's. */
    ExtensionNames(Path home) {
        this.home = home;
    }

    /** {@code origin}: {@code chrome-extension://ID/} or an add-on's id. */
    Optional<String> find(KnownBrowser browser, List<String> arguments, String origin) {
        try {
            Optional<String> name = browser.isMozilla()
                    ? mozilla(browser, arguments, origin)
                    : chromium(
                            browser,
                            arguments,
                            origin.replace("chrome-extension://", "").replace("/", ""));
            return name.filter(found -> !found.isBlank()).map(found -> DisplayText.of(found.strip(), MAX_NAME));
        } catch (IOException | JacksonException | InvalidPathException unreadable) {
            LOG.debug("no name for an extension", unreadable);
            return Optional.empty();
        }
    }

    private Optional<String> chromium(KnownBrowser browser, List<String> arguments, String id) throws IOException {
        Optional<Path> named = option(arguments, "--user-data-dir");
        for (Path folder : named.map(List::of).orElseGet(() -> usual(browser))) {
            for (Path profile : inside(folder)) {
                Optional<String> name = new ChromiumProfile(profile).name(id);
                if (name.isPresent()) {
                    return name;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> mozilla(KnownBrowser browser, List<String> arguments, String id) throws IOException {
        Optional<Path> named = option(arguments, "-profile").or(() -> option(arguments, "--profile"));
        List<Path> profiles = new ArrayList<>(named.map(List::of).orElseGet(List::of));
        if (profiles.isEmpty()) {
            for (Path folder : usual(browser)) {
                profiles.addAll(inside(folder));
            }
        }
        for (Path profile : profiles.stream().limit(MAX_PROFILES).toList()) {
            for (JsonNode addon : json(profile.resolve("extensions.json")).path("addons")) {
                if (addon.path("id").asString("").equals(id)) {
                    return Optional.of(addon.path("defaultLocale").path("name").asString(""));
                }
            }
        }
        return Optional.empty();
    }

    private List<Path> usual(KnownBrowser browser) {
        return browser.profiles().stream()
                .map(home::resolve)
                .filter(Files::isDirectory)
                .toList();
    }

    /** Folders of a folder of profiles, those used last first. */
    private static List<Path> inside(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(profile -> Files.isRegularFile(profile.resolve("Preferences"))
                            || Files.isRegularFile(profile.resolve("extensions.json")))
                    .sorted((one, other) -> Long.compare(changed(other), changed(one)))
                    .limit(MAX_PROFILES)
                    .toList();
        }
    }

    private static long changed(Path profile) {
        try {
            return Files.getLastModifiedTime(profile).toMillis();
        } catch (IOException gone) {
            return 0;
        }
    }

    /** {@code --name=value}, or the value as the next argument. */
    private static Optional<Path> option(List<String> arguments, String name) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(name + "=")) {
                return Optional.of(Path.of(argument.substring(name.length() + 1)))
                        .filter(Path::isAbsolute);
            }
            if (argument.equals(name) && i + 1 < arguments.size()) {
                return Optional.of(Path.of(arguments.get(i + 1))).filter(Path::isAbsolute);
            }
        }
        return Optional.empty();
    }

    /** The file's JSON; missing where there is no regular file, or one longer than {@link #MAX_FILE}. */
    static JsonNode json(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_FILE) {
            return JSON.missingNode();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_FILE + 1);
            return content.length > MAX_FILE ? JSON.missingNode() : JSON.readTree(content);
        }
    }
}
