package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.fixtures.OpenSsl;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;

/** A signed and encrypted message of 200 MB in a JVM with a heap of 64 MB. */
class LargeMessageTest {
    private static final int MEGABYTES = 200;
    private static final int LINE = 76;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"-aes-256-gcm", "-aes-256-cbc"})
    void opensInASmallHeap(String cipher) throws Exception {
        TestIdentity bob = TestAuthority.root("Root").issue(Spec.mail("Bob", "bob@example.org"));
        bob.writePem(directory, "bob");
        bob.writeP12(directory.resolve("bob.p12"), "secret".toCharArray());
        long size = entity(directory.resolve("entity"));
        OpenSsl openssl = new OpenSsl(directory);
        openssl.run(
                "cms",
                "-sign",
                "-binary",
                "-nodetach",
                "-stream",
                "-in",
                "entity",
                "-out",
                "signed",
                "-signer",
                "bob.crt.pem",
                "-inkey",
                "bob.key.pem",
                "-outform",
                "SMIME");
        Files.delete(directory.resolve("entity"));
        openssl.run("cms", "-encrypt", "-binary", "-stream", cipher, "-in", "signed", "-out", "message", "bob.crt.pem");
        Files.delete(directory.resolve("signed"));
        String output = open();
        assertThat(output).startsWith("CLOSED [INTACT] ");
        assertThat(Long.parseLong(output.strip().substring("CLOSED [INTACT] ".length())))
                .isBetween(size, size + 1000);
    }

    private String open() throws Exception {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenLarge.class.getName(),
                        directory.resolve("message").toString(),
                        directory.resolve("bob.p12").toString(),
                        directory.resolve("spool").toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static long entity(Path file) throws Exception {
        byte[] line = ("x".repeat(LINE) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] block = String.join("", List.of(new String(line, StandardCharsets.US_ASCII).repeat(1000)))
                .getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(Messages.bytes("Content-Type: text/plain\r\n\r\n"));
            for (long written = 0; written < MEGABYTES * 1_000_000L; written += block.length) {
                out.write(block);
            }
        }
        return Files.size(file);
    }
}
