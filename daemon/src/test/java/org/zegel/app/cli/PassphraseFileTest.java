package org.zegel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.Needs;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;

/** Secrets come through pipes here, so that it is known what the process had done before it read the first byte. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class PassphraseFileTest {
    private static final TestIdentity ALICE =
            TestAuthority.root("Pipes").issue(Spec.mail("Alice", "alice@example.org"));
    private static final String MESSAGE = "From: alice@example.org\r\n\r\nHello.\r\n";

    @TempDir
    Path folder;

    @Test
    void coreDumpsAreForbiddenBeforeThePassphraseFileIsRead() throws Exception {
        String passphrase = "a passphrase in a pipe";
        Path key = ALICE.writeP12(folder.resolve("alice.p12"), passphrase.toCharArray());
        Path pipe = pipe();
        Process sign = start("sign", "--identity", key.toString(), "--passphrase-file", pipe.toString());

        assertForbiddenThenGive(sign, pipe, (passphrase + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void coreDumpsAreForbiddenBeforeAKeyFileIsRead() throws Exception {
        Path pipe = pipe();
        Process sign = start("sign", "--identity=" + pipe);
        String pem = TestIdentity.pem(ALICE.certificate())
                + TestIdentity.pem("PRIVATE KEY", ALICE.privateKey().getEncoded());

        assertForbiddenThenGive(sign, pipe, pem.getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertForbiddenThenGive(Process sign, Path pipe, byte[] secret) throws Exception {
        // Opens when the other side does, to read.
        try (OutputStream out = Files.newOutputStream(pipe)) {
            assertThat(Files.readAllLines(Path.of("/proc", Long.toString(sign.pid()), "limits")))
                    .anyMatch(line -> line.matches("Max core file size +0 +0 +bytes *"));
            out.write(secret);
        }
        String signed = new String(sign.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(sign.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(signed).contains("multipart/signed");
    }

    private Process start(String... arguments) throws Exception {
        Process process = new Program(folder)
                .builder(arguments)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(MESSAGE.getBytes(StandardCharsets.US_ASCII));
        }
        return process;
    }

    private Path pipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        Process made = new ProcessBuilder(Needs.program("mkfifo").toString(), "-m", "600", pipe.toString()).start();
        assertThat(made.waitFor()).isZero();
        return pipe;
    }
}
