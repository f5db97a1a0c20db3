package org.zegel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.app.cli.Program.Run;
import org.zegel.fixtures.Needs;

class UsageTest {
    @TempDir
    Path folder;

    private Program zegel;

    @BeforeEach
    void start() {
        zegel = new Program(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sign",
                "encrypt",
                "open",
                "inspect",
                "store",
                "cert",
                "client",
                "audit",
                "doctor",
                "demo",
                "daemon",
                "version",
                "native-host",
                "completion"
            })
    void everyCommandExplainsItself(String command) {
        Run run = zegel.run(command, "--help");

        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.text()).startsWith("Usage: zegel " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bogus", "store", "store bogus", "sign --bogus", "open --at yesterday", "cert remove"})
    void wrongUsageIsStatusTwoAndOneLine(String arguments) {
        Run run = zegel.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors().lines())
                .singleElement()
                .asString()
                .startsWith("zegel: ")
                .contains("--help")
                .doesNotContain("java.");
    }

    @Test
    void wrongUsageIsJsonForPrograms() {
        Run run = zegel.run("sign", "--json", "--bogus");

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.errors()).isEmpty();
        assertThat(run.text())
                .startsWith("{\"error\":{\"code\":\"usage\",\"message\":\"")
                .endsWith("}}\n");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Run run = zegel.run("open", "--offline", "--extra", "nowhere.pem", "message.eml");

        assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(run.errors()).isEqualTo("zegel: There is no file nowhere.pem.\n");
    }

    @Test
    void anIdentityThatIsNothingIsRefused() {
        Run run = zegel.run("sign", "--json", "--identity", "nowhere.p12");

        assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(run.text()).contains("\"code\":\"identity-not-found\"");
    }

    @Test
    void aPassphraseFileThatOthersCanReadIsRefused() throws IOException {
        Path key = Files.writeString(folder.resolve("key.p12"), "no key");
        Path passphrase = Files.writeString(folder.resolve("passphrase"), "secret");
        Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-r--r--"));

        Run run = zegel.run("sign", "--identity", key.toString(), "--passphrase-file", passphrase.toString());

        assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(run.errors())
                .contains("Others can read the passphrase file", "chmod 600")
                .doesNotContain("secret");
    }

    @Test
    void aFileWithoutCertificatesIsRefusedAsTrust() throws IOException {
        Files.writeString(folder.resolve("empty.pem"), "");

        Run run = zegel.run("open", "--trust", "empty.pem", "message.eml");

        assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(run.errors()).contains("empty.pem holds no certificate");
    }

    @Test
    void completionIsAScriptThatBashReads() throws IOException, InterruptedException {
        Run run = zegel.run("completion");
        Path script = Files.write(folder.resolve("completion.bash"), run.output());

        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.text()).contains("--require-seal", "--passphrase-file");
        Process bash = new ProcessBuilder(Needs.program("bash").toString(), "-n", script.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void theVersionNamesJavaAsWell() {
        assertThat(zegel.run("version").text()).startsWith("Zegel ").contains("\nJava 25");
        assertThat(zegel.run("version", "--json").text()).contains("\"zegel\":", "\"java\":\"25");
    }
}
