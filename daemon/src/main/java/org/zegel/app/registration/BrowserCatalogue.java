package org.zegel.app.registration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The browsers Zegel knows, and their manifest templates, as packed from {@code native-host-manifests/}. */
public final class BrowserCatalogue {
    private static final String FOLDER = "/org/zegel/native-host-manifests/";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String host;
    private final List<Browser> browsers;
    private final Map<Browser.Family, List<String>> extensions;

    private BrowserCatalogue(String host, List<Browser> browsers, Map<Browser.Family, List<String>> extensions) {
        this.host = host;
        this.browsers = browsers;
        this.extensions = extensions;
    }

    public static BrowserCatalogue load() {
        JsonNode root = read("browsers.json");
        List<Browser> browsers = new ArrayList<>();
        for (JsonNode each : root.get("browsers")) {
            browsers.add(new Browser(
                    each.get("name").asString(),
                    Browser.Family.valueOf(each.get("family").asString().toUpperCase(Locale.ROOT)),
                    each.get("linux").asString(),
                    each.get("macos").asString(),
                    each.get("windows").asString()));
        }
        JsonNode ids = root.get("extensions");
        return new BrowserCatalogue(
                root.get("host").asString(),
                List.copyOf(browsers),
                Map.of(
                        Browser.Family.CHROMIUM, strings(ids.get("chromium")),
                        Browser.Family.MOZILLA, strings(ids.get("mozilla"))));
    }

    /** The name extensions connect to. */
    public String host() {
        return host;
    }

    public List<Browser> browsers() {
        return browsers;
    }

    public Optional<Browser> find(String name) {
        return browsers.stream().filter(browser -> browser.name().equals(name)).findFirst();
    }

    /** Extensions that may call when the person names none. */
    public List<String> defaultExtensions(Browser.Family family) {
        return extensions.getOrDefault(family, List.of());
    }

    /** A fresh copy of the browser's manifest template. */
    ObjectNode template(Browser browser) {
        return (ObjectNode) read(browser.name() + ".json");
    }

    private static JsonNode read(String file) {
        try (InputStream in = BrowserCatalogue.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("missing from the build: native-host-manifests/" + file);
            }
            return JSON.readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> strings(JsonNode array) {
        List<String> all = new ArrayList<>();
        array.forEach(each -> all.add(each.asString()));
        return List.copyOf(all);
    }
}
