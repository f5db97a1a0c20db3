package org.zegel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.app.cli.Program.Run;

class BadInputTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void makeKeys() throws IOException {
        OpenSslKeys.make(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sign --identity alice-both.pem", "encrypt --identity alice-both.pem --recipient alice.pem"})
    void anEmptyMessageIsRefusedInOneLine(String command) {
        Run run = new Program(folder).run(command.split(" "));

        assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors().lines()).singleElement().asString().startsWith("zegel: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0000\u0001\u0002\u00ff", "no header here, just words", "%PDF-1.7\r\n\r\n"})
    void whatIsNoMessageNeverEndsInAStackTrace(String input) {
        byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);

        Run run = new Program(folder).run(bytes, "open", "--json", "--trust", "ca.pem");

        assertThat(run.status()).isIn(ExitStatus.DONE, ExitStatus.FAILED);
        assertThat(run.text()).startsWith("{").doesNotContain("Exception", "internal-error");
        assertThat(run.text().lines()).hasSize(1);
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void aCertificateIsNoKeyFile() {
        Run run = new Program(folder).run("sign", "--identity", "alice.pem", "leaf.ext");

        assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(run.errors().lines()).singleElement().asString().contains("key");
    }

    @Test
    void aFolderIsNoMessage() throws IOException {
        Files.createDirectories(folder.resolve("sub"));

        Run run = new Program(folder).run("open", "--trust", "ca.pem", "sub");

        assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(run.errors()).isEqualTo("zegel: sub is a folder; name a file.\n");
    }

    @Test
    void aHomeThatIsAFileIsToldInWords() throws IOException {
        Program zegel = new Program(folder.resolve("sub2"));
        Files.createDirectories(folder.resolve("sub2"));
        Files.writeString(zegel.home(), "not a folder");

        Run run = zegel.run("store", "list", "--in-process");

        assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(run.errors().lines()).singleElement().asString().startsWith("zegel: ");
    }

    @Test
    void aFullOutputIsAFailure() throws Exception {
        Files.write(folder.resolve("message.eml"), OpenSslKeys.message("Hello"));
        Process process = new Program(folder)
                .builder("sign", "--identity", "alice-both.pem", "message.eml")
                .redirectOutput(Path.of("/dev/full").toFile())
                .start();

        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(ExitStatus.FAILED);
        assertThat(errors).contains("standard output");
    }
}
