package org.zegel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.cli.Program.Run;
import org.zegel.store.TokenHome;

/** A token whose module nobody named, through the real program. */
@EnabledOnOs(OS.LINUX)
class TokenSearchTest {
    private static final String VARIABLE = "ZEGEL_STORES_SEARCH";

    @TempDir
    static Path folder;

    private static TokenHome token;

    @BeforeAll
    static void makeToken() throws Exception {
        token = new TokenHome(folder);
        token.nameNoModule();
    }

    private static Program searching(String word) {
        return new Program(folder).withEnvironment(token.environment()).withEnvironment(Map.of(VARIABLE, word));
    }

    @Test
    void aTokenIsFoundByItselfAndSigns() throws IOException {
        Run listed = searching("").run("store", "list", "--in-process");
        assertThat(listed.status()).as(listed.errors()).isEqualTo(ExitStatus.DONE);
        assertThat(listed.text()).contains(TokenHome.LABEL, "locked", "rsa@example.org", "ec@example.org");

        Files.writeString(folder.resolve("plain.eml"), TokenHome.message("rsa"));
        Run signed = searching("").run("sign", "--in-process", "--out", "made.eml", "plain.eml");
        assertThat(signed.status()).as(signed.errors()).isEqualTo(ExitStatus.DONE);
        assertThat(token.verified(Files.readAllBytes(folder.resolve("made.eml"))))
                .contains(TokenHome.BODY);
    }

    @Test
    void aProcessCanBeToldToLookForNone() {
        Run listed = searching("false").run("store", "list", "--in-process");

        assertThat(listed.status()).as(listed.errors()).isEqualTo(ExitStatus.DONE);
        assertThat(listed.text()).doesNotContain(TokenHome.LABEL, "@example.org");
    }
}
