package org.zegel.smime.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.content.Content;
import org.zegel.content.ContentLimits;
import org.zegel.content.EncryptedSpool;
import org.zegel.content.Workspace;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestBoundKey;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.ContentCipher;
import org.zegel.model.Progress;
import org.zegel.smime.EncryptOptions;
import org.zegel.smime.SignOptions;

/** A message of 200 MB is signed and encrypted in a JVM with a heap of 64 MB. */
final class LargeMessageTest {
    private static final int LINES = 2_600_000;

    @TempDir
    Path directory;

    @Test
    void passesASmallHeap() throws Exception {
        Path log = directory.resolve("log");
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        directory.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as(Files.readString(log)).isZero();
    }

    /** Runs in the other JVM. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            Path file = directory.resolve("large.eml");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                out.write("From: a@example.org\nContent-Type: text/plain\n\n".getBytes(StandardCharsets.US_ASCII));
                byte[] line = ("x".repeat(76) + "\n").getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < LINES; i++) {
                    out.write(line);
                }
            }
            TestIdentity alice = TestAuthority.root("R").issue(Spec.mail("A", "a@example.org"));
            EncryptedSpool spool = new EncryptedSpool(directory.resolve("spool"), ContentLimits.DEFAULT);
            for (SignOptions.Mode mode : SignOptions.Mode.values()) {
                try (Workspace workspace = spool.open()) {
                    Content signed = MessageSigner.sign(
                            new FileContent(file, Files.size(file)),
                            TestBoundKey.of(alice),
                            Made.options(mode),
                            workspace,
                            Progress.NONE);
                    Content encrypted = MessageEncryptor.encrypt(
                            signed,
                            new EncryptOptions(ContentCipher.AES_256_GCM, false, List.of(alice.certificate())),
                            workspace,
                            Progress.NONE);
                    if (encrypted.size() < Files.size(file)) {
                        throw new AssertionError("too short: " + encrypted.size());
                    }
                }
            }
        }
    }

    private record FileContent(Path file, long size) implements Content {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
