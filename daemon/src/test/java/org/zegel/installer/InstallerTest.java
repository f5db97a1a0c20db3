package org.zegel.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Builds the real image, installs it in a home of its own, uses it, and takes it away. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the scripts for macOS and Windows have not been run")
class InstallerTest {
    private static final Path ROOT = Path.of(System.getProperty("zegel.root", ".."));
    private static final String ID = "abcdefghijklmnopabcdefghijklmnop";

    @TempDir
    static Path folder;

    private static Path home;
    private static Path image;

    @BeforeAll
    static void build() throws Exception {
        home = Files.createDirectory(folder.resolve("home of a person"));
        image = folder.resolve("image");
        Outcome built = run(ROOT.resolve("installer/build-image").toString(), image.toString());
        assertThat(built.status()).as(built.output()).isZero();
        Files.createDirectories(home.resolve(".config/chromium"));
    }

    @AfterAll
    static void stop() throws Exception {
        run(image.resolve("bin/zegel").toString(), "daemon", "--stop");
    }

    @Test
    void installsRunsAndUninstalls() throws Exception {
        Outcome installed = run(image.resolve("install.sh").toString(), "--extension-id", ID);
        assertThat(installed.status()).as(installed.output()).isZero();
        Path link = home.resolve(".local/bin/zegel");
        Path manifest = home.resolve(".config/chromium/NativeMessagingHosts/org.zegel.json");
        Path autostart = home.resolve(".config/autostart/org.zegel.daemon.desktop");
        assertThat(link).exists();
        assertThat(autostart).content().contains(".local/lib/zegel/bin/zegel\" daemon");
        assertThat(manifest).content().contains("chrome-extension://" + ID + "/");
        assertThat(run(link.toString(), "version").status()).isZero();
        // The copy's files are where and as old as the JVM's cache knows them; without that it would not start so.
        Outcome cached = run("env", "ZEGEL_JAVA_OPTIONS=-XX:AOTMode=on", link.toString(), "version");
        assertThat(cached.status()).as(cached.output()).isZero();

        Path message =
                Files.writeString(folder.resolve("plain.eml"), "From: a@example.org\r\nSubject: hi\r\n\r\nhello\r\n");
        Outcome opened = run(link.toString(), "open", "--in-process", "--offline", "--json", message.toString());
        assertThat(opened.output()).contains("\"seal\":\"none\"");

        Outcome again = run(image.resolve("install.sh").toString(), "--no-autostart");
        assertThat(again.status()).as(again.output()).isZero();

        Outcome removed = run(home.resolve(".local/lib/zegel/uninstall.sh").toString());
        assertThat(removed.status()).as(removed.output()).isZero();
        assertThat(link).doesNotExist();
        assertThat(manifest).doesNotExist();
        assertThat(autostart).doesNotExist();
        assertThat(home.resolve(".local/lib/zegel")).doesNotExist();
    }

    @Test
    void refusesToOverwriteAnImage() throws Exception {
        Outcome second = run(ROOT.resolve("installer/build-image").toString(), image.toString());
        assertThat(second.status()).isEqualTo(3);
        assertThat(second.output()).contains("is there already");
    }

    private static Outcome run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        builder.environment().remove("XDG_CONFIG_HOME");
        builder.environment().remove("XDG_DATA_HOME");
        builder.environment().remove("XDG_RUNTIME_DIR");
        builder.environment().put("ZEGEL_HOME", home.resolve("zegel").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("does not end: " + String.join(" ", command));
        }
        return new Outcome(process.exitValue(), output);
    }

    private record Outcome(int status, String output) {}
}
