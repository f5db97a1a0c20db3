package org.zegel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.fixtures.Needs;

/** Questions and passphrases typed on a pseudo-terminal, as a person does. */
@DisabledOnOs(OS.WINDOWS)
class PromptTest {
    private static final String STORE_PASSPHRASE = "a long passphrase";

    /** Runs a command on a pseudo-terminal and answers each prompt when it appears. */
    private static final String TYPIST = """
            import os, pty, select, sys, time
            cut = sys.argv.index('--')
            script = [step.split('=>', 1) for step in sys.argv[1:cut]]
            pid, fd = pty.fork()
            if pid == 0:
                os.execvp(sys.argv[cut + 1], sys.argv[cut + 1:])
            seen, start, end = b'', 0, time.time() + 100
            while time.time() < end:
                if select.select([fd], [], [], 0.2)[0]:
                    try:
                        data = os.read(fd, 4096)
                    except OSError:
                        break
                    if not data:
                        break
                    seen += data
                if script and script[0][0].encode() in seen[start:]:
                    start = len(seen)
                    time.sleep(0.5)
                    os.write(fd, (script.pop(0)[1] + '\\n').encode())
            sys.stdout.buffer.write(seen)
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) if not script else 99)
            """;

    @TempDir
    static Path folder;

    private static Program zegel;

    @BeforeAll
    static void makeKeys() throws IOException {
        Needs.program("python3");
        OpenSslKeys.make(folder);
        Files.write(folder.resolve("message.eml"), OpenSslKeys.message("Hello"));
        Files.writeString(folder.resolve("typist.py"), TYPIST);
        zegel = new Program(folder);
    }

    @Test
    void aKeyIsImportedAndSignsAfterQuestionsOnTheTerminal() throws Exception {
        Typed imported = type(
                List.of(
                        "(d):=>a",
                        "file=>" + OpenSslKeys.PASSPHRASE,
                        "New passphrase=>" + STORE_PASSPHRASE,
                        "Once more=>" + STORE_PASSPHRASE),
                "store",
                "import",
                "--in-process",
                "alice.p12");

        assertThat(imported.status()).as(imported.screen()).isEqualTo(ExitStatus.DONE);
        assertThat(imported.screen()).contains(OpenSslKeys.ADDRESS).doesNotContain(STORE_PASSPHRASE);
        assertThat(zegel.run("store", "list", "--in-process").text()).contains("locked", OpenSslKeys.ADDRESS);

        Typed signed = type(
                List.of("(d):=>a", "assphrase of=>" + STORE_PASSPHRASE),
                "sign",
                "--in-process",
                "--identity",
                OpenSslKeys.ADDRESS,
                "--out",
                "signed.eml",
                "message.eml");

        assertThat(signed.status()).as(signed.screen()).isEqualTo(ExitStatus.DONE);
        assertThat(signed.screen()).contains("Sign this message?").doesNotContain(STORE_PASSPHRASE);
        assertThat(zegel.run("open", "--trust", "ca.pem", "--extra", "crl.pem", "--require-seal", "signed.eml")
                        .status())
                .isEqualTo(ExitStatus.DONE);

        Typed denied = type(List.of("(d):=>d"), "sign", "--in-process", "--json", "message.eml");

        assertThat(denied.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(denied.screen()).contains("\"code\":\"consent-denied\"");
        assertThat(zegel.run("audit", "--in-process").text()).contains("consent-denied", "done");
    }

    @Test
    void withoutATerminalAStoresKeyIsNotUsed() throws Exception {
        Typed refused = withoutTerminal("store", "import", "--in-process", "--json", "alice.p12");

        assertThat(refused.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(refused.screen()).contains("\"code\":\"no-prompt\"");
    }

    @Test
    void whereNobodyCanBeAskedTheCommandWorksAlone() throws Exception {
        Typed opened = withoutTerminal("open", "--json", "--offline", "message.eml");

        assertThat(opened.screen()).contains("\"seal\":\"none\"");
        assertThat(opened.status()).isEqualTo(ExitStatus.DONE);
        assertThat(zegel.home().resolve("run/socket")).doesNotExist();
    }

    /** setsid takes the terminal of the test run away. */
    private Typed withoutTerminal(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Needs.program("setsid").toString(), "--wait"));
        command.addAll(zegel.builder(arguments).command());
        Process process = zegel.builder().command(command).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Typed(process.waitFor(), said);
    }

    private record Typed(int status, String screen) {}

    private Typed type(List<String> script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Needs.program("python3").toString());
        command.add(folder.resolve("typist.py").toString());
        command.addAll(script);
        command.add("--");
        command.addAll(zegel.builder(arguments).command());
        Process process =
                zegel.builder().command(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String screen = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Typed(process.waitFor(), screen);
    }
}
