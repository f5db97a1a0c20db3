package org.zegel.store.pkcs12;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.consent.TestConsent;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Identity;
import org.zegel.store.BoundKey;

/** A process that writes the key file without pause is killed again and again; nothing that was in it is lost. */
class CrashTest {
    static final String SECRET = "secret";
    private static final int KILLS = 6;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path home;

    static Pkcs12Store store(Path file, Clock clock, Duration unlockedFor) {
        return new Pkcs12Store(file, clock, unlockedFor, 10);
    }

    private Path p12(TestIdentity identity, String name) throws IOException {
        return identity.writeP12(home.resolve(name), SECRET.toCharArray());
    }

    @Test
    void killingTheWriterLosesNothing() throws Exception {
        TestAuthority authority = TestAuthority.root("Root");
        TestIdentity stays = authority.issue(Spec.mail("Stays", "stays@example.org"));
        TestIdentity comesAndGoes =
                authority.issue(Spec.mail("Goes", "goes@example.org").key(KeyKind.P256));
        Path file = home.resolve("store").resolve("keys.p12");
        char[] secret = SECRET.toCharArray();
        Identity kept = store(file, CLOCK, Duration.ofHours(1))
                .administration()
                .orElseThrow()
                .importFile(Files.readAllBytes(p12(stays, "stays.p12")), TestConsent.change(secret, secret))
                .getFirst();
        Path moving = p12(comesAndGoes, "moving.p12");
        for (int kill = 0; kill < KILLS; kill++) {
            runAndKill(file, moving, new Random(kill).nextInt(300));
            Pkcs12Store after = store(file, CLOCK, Duration.ofHours(1));
            List<Identity> listed = after.identities();
            assertThat(listed).as("kill %s", kill).contains(kept);
            try (BoundKey key = after.bind(kept, TestConsent.granting(kept, secret))) {
                assertThat(key.decryption()).isPresent();
            }
            // What the crash left half done is put right, and every key in the file is listed.
            assertThat(after.identities())
                    .hasSameSizeAs(KeyFiles.read(Files.readAllBytes(file), SECRET))
                    .contains(kept);
        }
        assertThat(Files.readAllBytes(file.resolveSibling("keys.p12.bak"))).isNotEmpty();
    }

    /** Lets the writer get going, proven by the file's changing, and kills it at some moment after that. */
    private void runAndKill(Path file, Path moving, int moreMillis) throws Exception {
        FileTime before = Files.getLastModifiedTime(file);
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RestlessWriter.class.getName(),
                        file.toString(),
                        moving.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("writer.log").toFile())
                .start();
        try {
            long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (Files.getLastModifiedTime(file).equals(before)) {
                assertThat(writer.isAlive())
                        .as(() -> "the writer ended by itself: " + log())
                        .isTrue();
                assertThat(System.nanoTime()).isLessThan(patience);
                Thread.sleep(5);
            }
            Thread.sleep(moreMillis);
            assertThat(writer.isAlive()).isTrue();
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    private String log() {
        try {
            return Files.readString(home.resolve("writer.log"));
        } catch (IOException none) {
            return "no log";
        }
    }
}
