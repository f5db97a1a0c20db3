package org.zegel.store.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.Needs;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;

/**
 * The calls of {@link CapiKey} in a small program in C under Wine (by hand: Debian's wine64 and wine, 100 MB, and
 * {@code -Dzegel.wine=true}): their numbers, and in which order bytes go in and come out.
 */
@EnabledIfSystemProperty(named = "zegel.wine", matches = "true", disabledReason = "Wine is run by hand")
class WineTest {
    private static final byte[] MESSAGE = "to be signed".getBytes(StandardCharsets.UTF_8);
    private static final String WORD = "of a throwaway file";

    /** Wine's import knows only the old algorithms. */
    private static final String OLD_FILES = "keystore.pkcs12.legacy";

    @TempDir
    Path folder;

    @AfterEach
    void endWine() throws Exception {
        run("wineserver", "-k");
    }

    @Test
    void cryptoApiTakesAndGivesBytesAsCapiKeyThinks() throws Exception {
        TestIdentity alice = TestAuthority.root("Root").issue(Spec.mail("Alice", "alice@example.org"));
        System.setProperty(OLD_FILES, "true");
        try {
            new TestIdentity(alice.certificate(), alice.privateKey(), List.of())
                    .writeP12(folder.resolve("key.p12"), WORD.toCharArray());
        } finally {
            System.clearProperty(OLD_FILES);
        }
        write("hash.bin", MessageDigest.getInstance("SHA-256").digest(MESSAGE));
        write("pkcs1.bin", Bytes.reversed(encrypted(alice, "PKCS1Padding")));
        write("oaep.bin", Bytes.reversed(encrypted(alice, "OAEPWithSHA-1AndMGF1Padding")));
        try (InputStream source = Objects.requireNonNull(WineTest.class.getResourceAsStream("capi.c"))) {
            write("capi.c", source.readAllBytes());
        }
        run("x86_64-w64-mingw32-gcc", "-O", "-o", "capi.exe", "capi.c", "-lcrypt32", "-ladvapi32");
        String said = run("wine", "capi.exe");
        assertThat(said).contains("missing " + Flags.ERROR_FILE_NOT_FOUND, "done");

        assertThat(read("certificate.der")).isEqualTo(alice.certificate().getEncoded());
        Signature check = Signature.getInstance("SHA256withRSA");
        check.initVerify(alice.certificate().getPublicKey());
        check.update(MESSAGE);
        assertThat(check.verify(Bytes.reversed(read("signature.bin")))).isTrue();
        assertThat(read("pkcs1.out")).isEqualTo(MESSAGE);
        assertThat(read("oaep.out")).isEqualTo(MESSAGE);
    }

    private void write(String name, byte[] bytes) throws Exception {
        Files.write(folder.resolve(name), bytes);
    }

    private byte[] read(String name) throws Exception {
        return Files.readAllBytes(folder.resolve(name));
    }

    private String run(String program, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Needs.program(program).toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("WINEPREFIX", folder.resolve("wine").toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("WINEDEBUG", "-all");
        builder.environment().put("ZEGEL_WORD", WORD);
        builder.environment().remove("DISPLAY");
        Path said = folder.resolve("said.txt");
        Process process = builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        return Files.readString(said, StandardCharsets.UTF_8);
    }

    private static byte[] encrypted(TestIdentity own, String padding) throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/" + padding);
        cipher.init(Cipher.ENCRYPT_MODE, own.certificate().getPublicKey());
        return cipher.doFinal(MESSAGE);
    }
}
