package org.zegel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.app.config.Home;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps files of a profile to its person by other means")
class TokenFileTest {
    private static final String TOKEN = "AAECAwQFBgcICQoLDA0ODwAAECAwQFBgcICQoLDA0OD";

    @TempDir
    Path folder;

    private TokenFile file;
    private Path path;

    @BeforeEach
    void file() {
        file = TokenFile.of(new Home(folder, true));
        path = folder.resolve("command-line.token");
    }

    @Test
    void isForItsOwnerAlone() throws Exception {
        assertThat(file.read()).isNull();
        assertThat(file.exists()).isFalse();
        file.write(TOKEN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(file.read()).isEqualTo(TOKEN);
        file.write("another");
        assertThat(file.read()).isEqualTo("another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwx--x---"})
    void isRefusedWhenOthersHaveAnyRight(String mode) throws Exception {
        file.write(TOKEN);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        assertThatThrownBy(file::read)
                .isInstanceOf(CommandError.class)
                .hasMessageContaining("Others can read")
                .hasMessageNotContaining(TOKEN);
    }

    @Test
    void isRefusedWhenItIsALinkAndReplacesTheLinkAlone() throws Exception {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), TOKEN);
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(path, elsewhere);
        assertThat(file.exists()).isTrue();
        assertThatThrownBy(file::read).isInstanceOf(CommandError.class);
        Files.delete(path);
        file.write("new");
        assertThat(elsewhere).hasContent(TOKEN);
    }

    @Test
    void whatIsTooLongOrEmptyIsNoToken() throws Exception {
        file.write("x".repeat(TokenFile.MAX_LENGTH - 1));
        assertThat(file.read()).hasSize(TokenFile.MAX_LENGTH - 1);
        file.write("x".repeat(TokenFile.MAX_LENGTH));
        assertThat(file.read()).isNull();
        file.write(" ");
        assertThat(file.read()).isNull();
    }
}
