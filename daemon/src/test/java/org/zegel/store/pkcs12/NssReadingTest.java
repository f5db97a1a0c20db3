package org.zegel.store.pkcs12;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.Needs;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Secret;

/** PKCS#12 files of the library of Thunderbird and Firefox, and how tightly our own are protected. */
class NssReadingTest {
    private static final TestIdentity ALICE =
            TestAuthority.root("Root").subordinate("Issuing CA").issue(Spec.mail("Alice", "alice@example.org"));

    @TempDir
    Path directory;

    private void run(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Needs.program(program).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(directory.resolve("log")))
                .isZero();
    }

    @Test
    void readsWhatPk12utilWrites() throws Exception {
        run("certutil", "-N", "-d", "sql:.", "--empty-password");
        Path jdk = ALICE.writeP12(directory.resolve("in.p12"), "x".toCharArray());
        run("pk12util", "-i", jdk.toString(), "-d", "sql:.", "-W", "x");
        run("pk12util", "-o", "out.p12", "-n", "identity", "-d", "sql:.", "-W", "sleutel");
        ImportedIdentity found = KeyFiles.read(Files.readAllBytes(directory.resolve("out.p12")), "sleutel")
                .getFirst();
        assertThat(found.certificate()).isEqualTo(ALICE.certificate());
        assertThat(found.privateKey()).isEqualTo(ALICE.privateKey());
    }

    @Test
    void noChangedByteOfAFileOfOursIsOverlooked() throws Exception {
        ImportedIdentity alice =
                new ImportedIdentity(ALICE.privateKey().getEncoded(), ALICE.certificate(), ALICE.chain());
        byte[] file;
        try (PasswordKeys keys = new PasswordKeys(Secret.takeOver("x".toCharArray()))) {
            file = new Pkcs12Writer(Salts.fresh(1000), keys).write(List.of(alice));
        }
        assertThat(KeyFiles.read(file, "x").getFirst().privateKey()).isEqualTo(ALICE.privateKey());
        for (int at = 40; at < file.length; at += 37) {
            byte[] changed = file.clone();
            changed[at] ^= 1;
            // The salt and count that PBMAC1 leaves unused stand at the very end, and nobody looks at them.
            if ("read".equals(KeyFiles.refusal(changed, KeyFiles.typing("x")))) {
                assertThat(at).isGreaterThan(file.length - 16);
            }
        }
    }
}
