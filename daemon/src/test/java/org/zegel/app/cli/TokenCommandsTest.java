package org.zegel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.cli.Program.Run;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.OpenSsl;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.store.cryptoki.SoftToken;

/** Keys on a SoftHSM token through the real program; openssl is at the other end. */
@DisabledOnOs(OS.WINDOWS)
class TokenCommandsTest {
    private static final String BODY = "Hello from the token.";
    private static final TestAuthority CA = TestAuthority.root("Token CA");

    /** A person who says yes to everything, after reading it, and knows the PIN. */
    private static final String PERSON = """
            #!/bin/sh
            echo OK
            while read -r line; do
                case $line in
                    GETPIN*) echo "D %s"; echo OK ;;
                    CONFIRM*) sleep 1; echo OK ;;
                    BYE*) echo OK; exit ;;
                    *) echo OK ;;
                esac
            done
            """;

    @TempDir
    static Path folder;

    private static OpenSsl openssl;
    private static Program zegel;

    @BeforeAll
    static void makeToken() throws Exception {
        SoftToken soft = SoftToken.create(folder, "Zegel card");
        put(soft, 1, "rsa", CA.issue(Spec.mail("Rita", "rsa@example.org")));
        put(soft, 2, "ec", CA.issue(Spec.mail("Edith", "ec@example.org").key(KeyKind.P256)));
        Files.writeString(folder.resolve("ca.pem"), TestIdentity.pem(CA.certificate()));
        openssl = new OpenSsl(folder);
        // There is no display; the person is a program, which needs none.
        zegel = new Program(folder)
                .withEnvironment(soft.environment())
                .withEnvironment(Map.of("WAYLAND_DISPLAY", "none"));
        configure(script("person", SoftToken.PIN));
    }

    private static void put(SoftToken soft, int id, String name, TestIdentity identity) throws Exception {
        byte[] number = {(byte) id};
        if (name.equals("ec")) {
            soft.importAgreementKey(identity.privateKey(), number, name);
        } else {
            soft.importKey(identity.privateKey(), number, name);
        }
        soft.importCertificate(identity.certificate().getEncoded(), number, name);
        Files.writeString(folder.resolve(name + ".crt.pem"), TestIdentity.pem(identity.certificate()));
    }

    private static Path script(String name, String pin) throws IOException {
        Path script = Files.writeString(folder.resolve(name), PERSON.formatted(pin));
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private static void configure(Path person) throws IOException {
        Files.createDirectories(zegel.home());
        Files.setPosixFilePermissions(zegel.home(), PosixFilePermissions.fromString("rwx------"));
        Files.writeString(zegel.home().resolve("config.toml"), """
                [stores]
                modules = ["%s"]
                [dialog]
                prompts = "pinentry"
                pinentry = "%s"
                [trust]
                system-anchors = false
                offline = true
                """.formatted(SoftToken.LIBRARY, person));
    }

    @Test
    void listsTheTokenAndItsIdentitiesWithoutAPin() {
        Run listed = zegel.run("store", "list", "--in-process");

        assertThat(listed.status()).as(listed.errors()).isEqualTo(ExitStatus.DONE);
        assertThat(listed.text()).contains("Zegel card", "locked", "rsa@example.org", "ec@example.org");
    }

    @Test
    void signsSoThatOpensslVerifies() throws IOException {
        Files.write(folder.resolve("plain.eml"), message("rsa"));
        Run signed = zegel.run("sign", "--in-process", "--pss", "--out", "signed.eml", "plain.eml");

        assertThat(signed.status()).as(signed.errors()).isEqualTo(ExitStatus.DONE);
        byte[] content =
                openssl.run("cms", "-verify", "-in", "signed.eml", "-CAfile", "ca.pem", "-purpose", "smimesign");
        assertThat(new String(content, StandardCharsets.US_ASCII)).contains(BODY);
    }

    @Test
    void decryptsWhatOpensslEncrypted() throws IOException {
        Files.write(folder.resolve("clear.txt"), message("ec"));
        List<String> command = new ArrayList<>(List.of("cms", "-encrypt", "-in", "clear.txt", "-aes256"));
        command.addAll(List.of("-from", "friend@example.org", "-to", "ec@example.org", "-subject", "Card"));
        command.addAll(List.of("-out", "encrypted.eml", "-recip", "ec.crt.pem"));
        command.addAll(List.of("-keyopt", "ecdh_kdf_md:sha256"));
        openssl.run(command.toArray(String[]::new));
        Run opened = zegel.run("open", "--in-process", "--out", "opened.eml", "encrypted.eml");

        assertThat(opened.status()).as(opened.errors()).isEqualTo(ExitStatus.DONE);
        assertThat(Files.readString(folder.resolve("opened.eml"))).contains(BODY);
    }

    @Test
    void saysThatThePinIsWrongAndDoesNotTryItAgainForEver() throws IOException {
        configure(script("stranger", "9999"));
        try {
            Files.write(folder.resolve("plain.eml"), message("rsa"));
            Run refused = zegel.run("sign", "--in-process", "--json", "plain.eml");

            assertThat(refused.status()).isEqualTo(ExitStatus.FAILED);
            assertThat(refused.text() + refused.errors())
                    .contains("pin-incorrect")
                    .doesNotContain("9999");
        } finally {
            configure(folder.resolve("person"));
        }
    }

    @Test
    void addsAModuleAndTakesItAway() {
        Run missing = zegel.run("store", "add", "pkcs11", "missing.so", "--in-process");
        assertThat(missing.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(missing.errors()).contains("no such file");
        String library = SoftToken.LIBRARY.toString();
        Run added = zegel.run("store", "add", "pkcs11", library, "--in-process");
        assertThat(added.status()).as(added.errors()).isEqualTo(ExitStatus.DONE);
        Run removed = zegel.run("store", "remove", "pkcs11", library, "--in-process");
        assertThat(removed.status()).as(removed.errors()).isEqualTo(ExitStatus.DONE);
    }

    private static byte[] message(String who) {
        return ("From: " + who + "@example.org\r\nTo: friend@example.org\r\nSubject: Card\r\n"
                        + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n" + BODY + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
