package org.zegel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.cli.Program.Run;

@EnabledOnOs(OS.LINUX)
class NativeHostCommandTest {
    private static final String EXTENSION = "abcdefghijklmnopabcdefghijklmnop";

    @TempDir
    Path folder;

    private Program zegel;
    private Path chromium;

    @BeforeEach
    void start() {
        zegel = new Program(folder);
        chromium = zegel.userHome().resolve(".config/chromium/NativeMessagingHosts/org.zegel.json");
    }

    @Test
    void registersTheBrowsersThatAreHere() throws IOException {
        Files.createDirectories(zegel.userHome().resolve(".config/chromium"));

        Run run = zegel.run("native-host", "--register", "--json", "--extension-id", EXTENSION);

        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.text()).contains("\"browser\":\"chromium\"").doesNotContain("firefox");
        assertThat(Files.readString(chromium))
                .contains("chrome-extension://" + EXTENSION + "/")
                .contains(zegel.home().resolve("bin/zegel-native-host").toString());
    }

    @Test
    void theManifestNamesAWrapperThatRunsTheLauncherWithTheArgumentsOfTheBrowser() throws Exception {
        Path launcher =
                Files.writeString(folder.resolve("it's a launcher"), "#!/bin/sh\necho \"$ZEGEL_HOME\" \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        zegel.with("-Dzegel.launcher=" + launcher);

        assertThat(zegel.run("native-host", "--register", "firefox").status()).isEqualTo(ExitStatus.DONE);

        Path wrapper = zegel.home().resolve("bin/zegel-native-host");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(wrapper)))
                .isEqualTo("rwxr-xr-x");
        Process started = new ProcessBuilder(wrapper.toString(), "a b", "c").start();
        assertThat(new String(started.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(zegel.home() + " native-host a b c\n");
    }

    @Test
    void unregistersAll() throws IOException {
        zegel.run("native-host", "--register", "chromium", "thunderbird");
        assertThat(chromium).exists();

        Run run = zegel.run("native-host", "--unregister");

        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.text().lines()).hasSize(2);
        assertThat(chromium).doesNotExist();
    }

    @Test
    void refusesABrowserItDoesNotKnow() {
        Run run = zegel.run("native-host", "--register", "lynx");

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.errors()).contains("lynx", "chromium, chrome, edge");
    }

    @Test
    void refusesAnExtensionIdThatIsNone() {
        Run run = zegel.run("native-host", "--register", "chromium", "--extension-id", "../evil");

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(chromium).doesNotExist();
    }

    @Test
    void withoutABrowserItIsAUsageError() {
        assertThat(zegel.run("native-host").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(zegel.run("native-host", "chrome-extension://short/").status())
                .isEqualTo(ExitStatus.USAGE);
    }
}
