package org.zegel.app.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionNamesTest {
    private static final String ID = "abcdefghijklmnopabcdefghijklmnop";
    private static final String ORIGIN = "chrome-extension://" + ID + "/";
    private static final String ADD_ON = "mail@example.org";

    @TempDir
    Path home;

    private Path profile;

    @BeforeEach
    void profile() throws IOException {
        profile = Files.createDirectories(home.resolve(".config/chromium/Default"));
    }

    @Test
    void readsTheManifestInThePreferences() throws IOException {
        preferences("{\"manifest\":{\"name\":\"My mail\"}}");
        assertThat(chromium()).hasValue("My mail");
    }

    @Test
    void readsTheManifestOfTheInstalledVersionAndItsLocale() throws IOException {
        Path version = Files.createDirectories(profile.resolve("Extensions/" + ID + "/1.2_0/_locales/en"));
        Path extension = version.getParent().getParent();
        Files.writeString(
                extension.resolve("manifest.json"), "{\"name\":\"__MSG_appName__\",\"default_locale\":\"en\"}");
        Files.writeString(version.resolve("messages.json"), "{\"APPNAME\":{\"message\":\"My mail\"}}");
        preferences("{\"path\":\"" + ID + "/1.2_0\"}");
        assertThat(chromium()).hasValue("My mail");
    }

    @Test
    void readsTheFolderThatADeveloperLoads() throws IOException {
        Path source = Files.createDirectory(home.resolve("source"));
        Files.writeString(source.resolve("manifest.json"), "{\"name\":\"In development\"}");
        preferences("{\"path\":\"" + source + "\"}");
        assertThat(chromium()).hasValue("In development");
    }

    @Test
    void looksWhereTheBrowserWasToldTo() throws IOException {
        preferences("{\"manifest\":{\"name\":\"Usual\"}}");
        Path other = home.resolve("other");
        Files.createDirectories(other.resolve("Profile 1"));
        Files.writeString(
                other.resolve("Profile 1/Preferences"),
                "{\"extensions\":{\"settings\":{\"" + ID + "\":{\"manifest\":{\"name\":\"Other\"}}}}}");
        ExtensionNames names = new ExtensionNames(home);
        assertThat(names.find(KnownBrowser.CHROMIUM, List.of("chromium", "--user-data-dir=" + other), ORIGIN))
                .hasValue("Other");
        assertThat(names.find(KnownBrowser.CHROMIUM, List.of("chromium", "--user-data-dir=relative"), ORIGIN))
                .hasValue("Usual");
    }

    @Test
    void readsMozillasListOfAddOns() throws IOException {
        Path mozilla = Files.createDirectories(home.resolve(".thunderbird/x.default"));
        Files.writeString(
                mozilla.resolve("extensions.json"),
                "{\"addons\":[{\"id\":\"other@example.org\",\"defaultLocale\":{\"name\":\"Other\"}},{\"id\":\"" + ADD_ON
                        + "\",\"defaultLocale\":{\"name\":\"My mail\"}}]}");
        ExtensionNames names = new ExtensionNames(home);
        assertThat(names.find(KnownBrowser.THUNDERBIRD, List.of("thunderbird"), ADD_ON))
                .hasValue("My mail");
        assertThat(names.find(KnownBrowser.THUNDERBIRD, List.of("tb", "-profile", mozilla.toString()), ADD_ON))
                .hasValue("My mail");
        assertThat(names.find(KnownBrowser.FIREFOX, List.of("firefox"), ADD_ON)).isEmpty();
    }

    @Test
    void aNameIsHostileText() throws IOException {
        preferences("{\"manifest\":{\"name\":\"Mail\\u202e\\nfrom your bank" + "x".repeat(100) + "\"}}");
        assertThat(chromium())
                .hasValueSatisfying(name -> assertThat(name)
                        .startsWith("Mail\ufffd\ufffdfrom")
                        .endsWith("…")
                        .hasSizeLessThanOrEqualTo(ExtensionNames.MAX_NAME + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"extensions\":7}",
                "{\"extensions\":{\"settings\":{\"" + ID + "\":[]}}}",
                "{\"extensions\":{\"settings\":{\"" + ID + "\":{\"path\":\"\\u0000\"}}}}",
                "{\"extensions\":{\"settings\":{\"" + ID + "\":{\"manifest\":{\"name\":[]}}}}}",
                "{\"extensions\":{\"settings\":{\"" + ID + "\":{\"manifest\":{\"name\":\"  \"}}}}}",
                "{\"extensions\":{\"settings\":{\"" + ID
                        + "\":{\"manifest\":{\"name\":\"__MSG_a__\",\"default_locale\":\"../..\"}}}}}"
            })
    void whateverIsWrongThereIsNoName(String preferences) throws IOException {
        Files.writeString(profile.resolve("Preferences"), preferences);
        assertThat(chromium()).isEmpty();
    }

    @Test
    void deepAndLongFilesGiveNoName() throws IOException {
        Files.writeString(profile.resolve("Preferences"), "[".repeat(1_000_000));
        assertThat(chromium()).isEmpty();
        String fits = "{\"extensions\":{\"settings\":{\"" + ID + "\":{\"manifest\":{\"name\":\"Long\"}}}}}";
        Files.writeString(profile.resolve("Preferences"), fits + " ".repeat(ExtensionNames.MAX_FILE - fits.length()));
        assertThat(chromium()).hasValue("Long");
        Files.writeString(
                profile.resolve("Preferences"), fits + " ".repeat(ExtensionNames.MAX_FILE - fits.length() + 1));
        assertThat(chromium()).isEmpty();
    }

    private void preferences(String extension) throws IOException {
        Files.writeString(
                profile.resolve("Preferences"), "{\"extensions\":{\"settings\":{\"" + ID + "\":" + extension + "}}}");
    }

    private Optional<String> chromium() {
        return new ExtensionNames(home).find(KnownBrowser.CHROMIUM, List.of("chromium"), ORIGIN);
    }
}
