package org.zegel.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.system.OperatingSystem;
import org.zegel.model.Failure;

class HomeTest {
    private static final Path PERSON = Path.of("/home/someone");

    @TempDir
    Path folder;

    @Test
    void theVariableMovesEverything() {
        Home home = Home.of(Map.of("ZEGEL_HOME", "/elsewhere/./z"), OperatingSystem.LINUX, PERSON);
        assertThat(home).isEqualTo(new Home(Path.of("/elsewhere/z"), true));
        assertThat(home.database()).isEqualTo(Path.of("/elsewhere/z/zegel.db"));
        assertThat(Home.of(Map.of("ZEGEL_HOME", ""), OperatingSystem.LINUX, PERSON)
                        .moved())
                .isFalse();
    }

    @Test
    void eachSystemHasItsUsualPlace() {
        assertThat(Home.of(Map.of(), OperatingSystem.LINUX, PERSON).directory())
                .isEqualTo(PERSON.resolve(".local/share/zegel"));
        assertThat(Home.of(Map.of(), OperatingSystem.MACOS, PERSON).directory())
                .isEqualTo(PERSON.resolve("Library/Application Support/Zegel"));
        assertThat(Home.of(Map.of("LOCALAPPDATA", "/local"), OperatingSystem.WINDOWS, PERSON)
                        .directory())
                .isEqualTo(Path.of("/local/Zegel"));
    }

    @Test
    void isMadePrivately() throws Exception {
        Home home = new Home(folder.resolve("a/b"), true).create();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.directory())))
                .isEqualTo("rwx------");
        home.create();
    }

    @Test
    void refusesADirectoryThatOthersMayWrite() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> new Home(folder, true).create())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("chmod go-w");
    }

    @Test
    void refusesAFileInItsPlace() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new Home(file, true).create())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("ZEGEL_HOME");
    }
}
