package org.zegel.consent.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every dialog, as usual and as hostile as can be, is whole at every scale, in every language and theme. With
 * {@code -Dzegel.dialogs.write=true} the pictures in docs/dialogs are made anew.
 */
@Timeout(300)
class DialogsTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Path PICTURES = DOCS.resolve("dialogs");
    private static final boolean WRITE = Boolean.getBoolean("zegel.dialogs.write");
    private static final int MOST_BYTES = 60_000;
    private static final List<String> MORE = List.of(
            "sign-en-dark", "pairing-nl-dark", "trust-authority-nl", "choose-identity-nl-dark", "new-passphrase-nl");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void nothingIsCutOffNamelessOrMarkup(int scale) throws Exception {
        try (VirtualDisplay display = VirtualDisplay.start(folder, "1920x1200x24")) {
            String said = display.run(
                    DialogGallery.class,
                    List.of("-Dflatlaf.uiScale=" + scale, "-Dzegel.dialogs.write=" + WRITE),
                    scale == 1 || WRITE ? folder.toString() : "",
                    scale == 1 ? "" : "-" + scale + "00");
            assertThat(said).contains(", 0 flaws");
            if (WRITE) {
                write(scale);
            }
        }
    }

    @Test
    void aSmallScreenScrolls() throws Exception {
        try (VirtualDisplay display = VirtualDisplay.start(folder, "800x480x24")) {
            assertThat(display.run(DialogGallery.class, List.of("-Dflatlaf.uiScale=1"), "", "-small"))
                    .contains(", 0 flaws");
        }
    }

    @Test
    void everyDialogHasItsPictureInTheDocs() throws IOException {
        String page = Files.readString(DOCS.resolve("DIALOGS.md"));
        for (String name : DialogSamples.usual().keySet()) {
            Path picture = PICTURES.resolve(name + "-en.png");
            assertThat(picture).isRegularFile();
            assertThat(Files.size(picture)).isBetween(2_000L, (long) MOST_BYTES);
            assertThat(page).contains("dialogs/" + name + "-en.png");
        }
    }

    private void write(int scale) throws IOException {
        Files.createDirectories(PICTURES);
        if (scale == 1) {
            for (String name : DialogSamples.usual().keySet()) {
                copy(name + "-en");
            }
            for (String name : MORE) {
                copy(name);
            }
        } else if (scale == 2) {
            copy("pin-last-try-nl-200");
        }
    }

    private void copy(String name) throws IOException {
        Files.copy(folder.resolve(name + ".png"), PICTURES.resolve(name + ".png"), StandardCopyOption.REPLACE_EXISTING);
    }
}
