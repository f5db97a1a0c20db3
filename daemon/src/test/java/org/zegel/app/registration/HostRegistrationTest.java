package org.zegel.app.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.system.OperatingSystem;
import org.zegel.model.Failure;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HostRegistrationTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ONE = "a".repeat(32);
    private static final String TWO = "b".repeat(32);

    @TempDir
    Path home;

    private final BrowserCatalogue catalogue = BrowserCatalogue.load();
    private final Map<String, String> keys = new HashMap<>();
    private final Path program = Path.of("/opt/zegel/bin/zegel-native-host").toAbsolutePath();

    @Test
    void knowsTheSevenBrowsersAndHasATemplateForEach() {
        assertThat(catalogue.browsers())
                .extracting(Browser::name)
                .containsExactly("chromium", "chrome", "edge", "brave", "vivaldi", "firefox", "thunderbird");
        for (Browser browser : catalogue.browsers()) {
            assertThat(catalogue
                            .template(browser)
                            .path(browser.family().allowedField())
                            .isArray())
                    .as(browser.name())
                    .isTrue();
            assertThat(catalogue.template(browser).get("name").asString()).isEqualTo(catalogue.host());
        }
    }

    @Test
    void writesAChromiumManifestWithOriginsAndAnAbsolutePath() throws Exception {
        Path written = on(OperatingSystem.LINUX).register(browser("chromium"), program, List.of(ONE));
        assertThat(written).isEqualTo(home.resolve(".config/chromium/NativeMessagingHosts/org.zegel.json"));
        JsonNode manifest = JSON.readTree(written);
        assertThat(manifest.get("path").asString()).isEqualTo(program.toString());
        assertThat(manifest.get("type").asString()).isEqualTo("stdio");
        assertThat(manifest.get("allowed_origins").get(0).asString()).isEqualTo("chrome-extension://" + ONE + "/");
    }

    @Test
    void writesAMozillaManifestWithAddOnIds() throws Exception {
        Path written =
                on(OperatingSystem.LINUX).register(browser("thunderbird"), program, List.of("me@example.nl", ONE));
        assertThat(written).isEqualTo(home.resolve(".mozilla/native-messaging-hosts/org.zegel.json"));
        JsonNode allowed = JSON.readTree(written).get("allowed_extensions");
        assertThat(allowed.size()).isEqualTo(1);
        assertThat(allowed.get(0).asString()).isEqualTo("me@example.nl");
    }

    @Test
    void registeringAgainKeepsEarlierExtensions() throws Exception {
        HostRegistration registration = on(OperatingSystem.LINUX);
        registration.register(browser("chrome"), program, List.of(ONE));
        Path written = registration.register(browser("chrome"), program, List.of(TWO, ONE));
        assertThat(JSON.readTree(written).get("allowed_origins").size()).isEqualTo(2);
    }

    @Test
    void replacesADamagedManifest() throws Exception {
        HostRegistration registration = on(OperatingSystem.LINUX);
        Path manifest = registration.manifest(browser("edge"));
        Files.createDirectories(manifest.getParent());
        Files.writeString(manifest, "{\"allowed_origins\": [");
        registration.register(browser("edge"), program, List.of(ONE));
        assertThat(JSON.readTree(manifest).get("allowed_origins").size()).isEqualTo(1);
    }

    @Test
    void unregisteringRemovesTheManifestAndASecondTimeFindsNone() throws Exception {
        HostRegistration registration = on(OperatingSystem.LINUX);
        Path written = registration.register(browser("brave"), program, List.of(ONE));
        assertThat(registration.unregister(browser("brave"))).contains(written);
        assertThat(written).doesNotExist();
        assertThat(registration.unregister(browser("brave"))).isEmpty();
    }

    @Test
    void onWindowsTheRegistryNamesTheManifest() throws Exception {
        HostRegistration registration = on(OperatingSystem.WINDOWS);
        Path written = registration.register(browser("edge"), program, List.of(ONE));
        String key = "Software\\Microsoft\\Edge\\NativeMessagingHosts\\org.zegel";
        assertThat(keys).containsExactly(Map.entry(key, written.toString()));
        registration.unregister(browser("edge"));
        assertThat(keys).isEmpty();
    }

    @Test
    void onMacosTheLibraryFolderHoldsTheManifest() throws Exception {
        assertThat(on(OperatingSystem.MACOS).manifest(browser("vivaldi")))
                .isEqualTo(home.resolve("Library/Application Support/Vivaldi/NativeMessagingHosts/org.zegel.json"));
    }

    @Test
    void refusesARelativePathAndAnUnknownSystem() {
        assertThatThrownBy(() -> on(OperatingSystem.LINUX).register(browser("edge"), Path.of("zegel"), List.of(ONE)))
                .isInstanceOf(Failure.class);
        assertThatThrownBy(() -> on(OperatingSystem.OTHER).register(browser("edge"), program, List.of(ONE)))
                .isInstanceOf(Failure.class);
    }

    @Test
    void tellsExtensionIdsFromRubbish() {
        assertThat(Browser.Family.CHROMIUM.accepts(ONE)).isTrue();
        assertThat(Browser.Family.CHROMIUM.accepts("*")).isFalse();
        assertThat(Browser.Family.CHROMIUM.accepts("q".repeat(32))).isFalse();
        assertThat(Browser.Family.MOZILLA.accepts("{01234567-89ab-cdef-0123-456789abcdef}"))
                .isTrue();
        assertThat(Browser.Family.MOZILLA.accepts("zegel@example.nl")).isTrue();
        assertThat(Browser.Family.MOZILLA.accepts("no at sign")).isFalse();
    }

    private Browser browser(String name) {
        return catalogue.find(name).orElseThrow();
    }

    private HostRegistration on(OperatingSystem system) {
        return new HostRegistration(catalogue, system, home, home.resolve("zegel"), new HostKeys() {
            @Override
            public void set(String key, String manifest) {
                keys.put(key, manifest);
            }

            @Override
            public void remove(String key) {
                keys.remove(key);
            }
        });
    }
}
