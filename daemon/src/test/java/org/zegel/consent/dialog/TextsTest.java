package org.zegel.consent.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every file of texts has the same keys, with the same places to fill in. */
class TextsTest {
    private static final Path FOLDER = Path.of("src/main/resources/org/zegel/consent/dialog");
    private static final Pattern PLACE = Pattern.compile("\\{([0-9])(,[a-z]+)?");

    @Test
    void everyLanguageSaysEverything() throws IOException {
        Properties english = read(FOLDER.resolve("texts.properties"));
        List<Path> others = files();

        assertThat(others).isNotEmpty();
        for (Path file : others) {
            Properties other = read(file);
            assertThat(new TreeSet<>(other.keySet())).as(file.toString()).isEqualTo(new TreeSet<>(english.keySet()));
            for (String key : english.stringPropertyNames()) {
                assertThat(other.getProperty(key)).as(key).isNotBlank();
                assertThat(isPlainOrPattern(other.getProperty(key))).as(key).isTrue();
                assertThat(places(other.getProperty(key))).as(key).isEqualTo(places(english.getProperty(key)));
            }
        }
    }

    @Test
    void everyFileIsALanguageThatCanBeConfigured() throws IOException {
        assertThat(Languages.ALL).hasSize(files().size() + 1).contains("en", "nl");
    }

    @Test
    void countsPeopleInWords() {
        Texts dutch = DialogSamples.texts(Locale.forLanguageTag("nl"));
        assertThat(dutch.get("lead.people", 0)).isEmpty();
        assertThat(dutch.get("lead.people", 1)).isEqualTo(" aan 1 persoon");
        assertThat(dutch.get("lead.people", 1234)).isEqualTo(" aan 1.234 personen");
    }

    @Test
    void whatAStrangerWritesIsNoPattern() {
        assertThat(DialogSamples.texts(Locale.ENGLISH).get("lead.change", "{0} 'quoted' {1,choice,0#x}"))
                .startsWith("{0} 'quoted' {1,choice,0#x} wants");
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(FOLDER, "texts_*.properties")) {
            found.forEach(files::add);
        }
        return files;
    }

    /** In a pattern an apostrophe would hide what follows. */
    private static boolean isPlainOrPattern(String text) {
        return !text.contains("{") || !text.replace("''", "").contains("'");
    }

    private static String places(String text) {
        return PLACE.matcher(text)
                .results()
                .map(found -> found.group(1))
                .sorted()
                .distinct()
                .collect(Collectors.joining());
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
