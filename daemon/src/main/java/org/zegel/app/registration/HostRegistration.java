package org.zegel.app.registration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zegel.app.system.OperatingSystem;
import org.zegel.model.Failure;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes and removes host manifests for the current user. Registering again adds extensions to those that an earlier
 * manifest already allowed, so that several extensions can live side by side.
 */
public final class HostRegistration {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final BrowserCatalogue catalogue;
    private final OperatingSystem system;
    private final Path userHome;
    private final Path windowsFolder;
    private final HostKeys windowsKeys;

    /**
     * @param userHome where the browsers look for manifests (Linux, macOS)
     * @param windowsFolder where manifests are kept on Windows, named by the registry
     */
    public HostRegistration(
            BrowserCatalogue catalogue,
            OperatingSystem system,
            Path userHome,
            Path windowsFolder,
            HostKeys windowsKeys) {
        this.catalogue = catalogue;
        this.system = system;
        this.userHome = userHome;
        this.windowsFolder = windowsFolder;
        this.windowsKeys = windowsKeys;
    }

    /**
     * Lets the extensions of this browser start the program. Ids of another browser family are ignored, because one
     * command registers several browsers.
     *
     * @return the manifest written
     * @throws Failure {@code INVALID_PARAMETERS} when the path is not absolute, {@code UNSUPPORTED} on an unknown system
     */
    public Path register(Browser browser, Path program, List<String> extensionIds) throws Failure {
        if (!program.isAbsolute()) {
            throw new Failure(Failure.Kind.INVALID_PARAMETERS, "The host program needs an absolute path.");
        }
        Path manifest = manifest(browser);
        ObjectNode content = catalogue.template(browser);
        content.put("path", program.toString());
        Set<String> allowed = new LinkedHashSet<>(allowedBefore(manifest, browser));
        extensionIds.stream()
                .filter(browser.family()::accepts)
                .map(browser.family()::caller)
                .forEach(allowed::add);
        ArrayNode field = content.putArray(browser.family().allowedField());
        allowed.forEach(field::add);
        try {
            Files.createDirectories(manifest.getParent());
            Path temporary = Files.createTempFile(manifest.getParent(), "org.zegel", ".tmp");
            Files.writeString(temporary, JSON.writeValueAsString(content) + "\n");
            Files.move(temporary, manifest, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new Failure(
                    Failure.Kind.INTERNAL,
                    "The manifest for " + browser.name() + " could not be written. Is its folder writable?",
                    unwritable);
        }
        if (system == OperatingSystem.WINDOWS) {
            windowsKeys.set(browser.windows() + "\\" + catalogue.host(), manifest.toString());
        }
        return manifest;
    }

    /** Takes the registration back; empty when there was none. */
    public Optional<Path> unregister(Browser browser) throws Failure {
        Path manifest = manifest(browser);
        if (system == OperatingSystem.WINDOWS) {
            windowsKeys.remove(browser.windows() + "\\" + catalogue.host());
        }
        try {
            return Files.deleteIfExists(manifest) ? Optional.of(manifest) : Optional.empty();
        } catch (IOException undeletable) {
            throw new Failure(
                    Failure.Kind.INTERNAL,
                    "The manifest for " + browser.name() + " could not be removed. Is its folder writable?",
                    undeletable);
        }
    }

    /** Where this browser's manifest is or would be. */
    public Path manifest(Browser browser) throws Failure {
        return switch (system) {
            case LINUX -> userHome.resolve(browser.linux()).resolve(catalogue.host() + ".json");
            case MACOS -> userHome.resolve(browser.macos()).resolve(catalogue.host() + ".json");
            case WINDOWS -> windowsFolder.resolve(catalogue.host() + "." + browser.name() + ".json");
            case OTHER ->
                throw new Failure(
                        Failure.Kind.UNSUPPORTED,
                        "Zegel does not know where browsers keep host manifests on this system.");
        };
    }

    private static Set<String> allowedBefore(Path manifest, Browser browser) {
        Set<String> allowed = new LinkedHashSet<>();
        if (Files.isRegularFile(manifest)) {
            try {
                JsonNode field = JSON.readTree(manifest).path(browser.family().allowedField());
                field.forEach(each -> allowed.add(each.asString("")));
            } catch (JacksonException damaged) {
                // A damaged manifest allows nobody; it is written anew.
                return Set.of();
            }
        }
        allowed.remove("");
        return allowed;
    }
}
