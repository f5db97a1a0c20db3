package org.zegel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.cli.Program.Run;
import org.zegel.store.TokenHome;
import org.zegel.store.cryptoki.SoftToken;

/** Keys on a SoftHSM token through the real program. */
@DisabledOnOs(OS.WINDOWS)
class TokenCommandsTest {
    @TempDir
    static Path folder;

    private static TokenHome token;
    private static Program zegel;

    @BeforeAll
    static void makeToken() throws Exception {
        token = new TokenHome(folder);
        zegel = new Program(folder).withEnvironment(token.environment());
    }

    @Test
    void listsTheTokenAndItsIdentitiesWithoutAPin() {
        Run listed = zegel.run("store", "list", "--in-process");

        assertThat(listed.status()).as(listed.errors()).isEqualTo(ExitStatus.DONE);
        assertThat(listed.text()).contains(TokenHome.LABEL, "locked", "rsa@example.org", "ec@example.org");
    }

    @Test
    void listsTokensWithWhatTheySayOfTheirPin() {
        Run words = zegel.run("token", "list", "--in-process");
        assertThat(words.status()).as(words.errors()).isEqualTo(ExitStatus.DONE);
        assertThat(words.text()).contains(TokenHome.LABEL + " (locked) in ");

        Run forPrograms = zegel.run("token", "list", "--json", "--in-process");
        assertThat(forPrograms.text())
                .contains(TokenHome.LABEL, "\"state\":\"locked\"", "\"pin\":\"ok\"", "\"pinAtReader\":false")
                .doesNotContain(SoftToken.LIBRARY.toString());
    }

    @Test
    void signsSoThatOpensslVerifies() throws IOException {
        Files.writeString(folder.resolve("plain.eml"), TokenHome.message("rsa"));
        Run signed = zegel.run("sign", "--in-process", "--pss", "--out", "made.eml", "plain.eml");

        assertThat(signed.status()).as(signed.errors()).isEqualTo(ExitStatus.DONE);
        assertThat(token.verified(Files.readAllBytes(folder.resolve("made.eml"))))
                .contains(TokenHome.BODY);
    }

    @Test
    void decryptsWhatOpensslEncrypted() throws IOException {
        Files.writeString(folder.resolve("encrypted.eml"), token.encryptedTo("ec", "ecdh_kdf_md:sha256"));
        Run opened = zegel.run("open", "--in-process", "--out", "opened.eml", "encrypted.eml");

        assertThat(opened.status()).as(opened.errors()).isEqualTo(ExitStatus.DONE);
        assertThat(Files.readString(folder.resolve("opened.eml"))).contains(TokenHome.BODY);
    }

    @Test
    void saysThatThePinIsWrongAndDoesNotTryItAgainForEver() throws IOException {
        token.personKnows("9999");
        try {
            Files.writeString(folder.resolve("plain.eml"), TokenHome.message("rsa"));
            Run refused = zegel.run("sign", "--in-process", "--json", "plain.eml");

            assertThat(refused.status()).isEqualTo(ExitStatus.FAILED);
            assertThat(refused.text() + refused.errors())
                    .contains("pin-incorrect")
                    .doesNotContain("9999");
        } finally {
            token.personKnows(SoftToken.PIN);
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
}
