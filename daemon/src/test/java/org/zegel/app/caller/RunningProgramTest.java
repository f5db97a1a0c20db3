package org.zegel.app.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "reads Linux's /proc")
class RunningProgramTest {
    private static final Path SHELL = Path.of("/bin/sh");

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void readsWhatLinuxTells() throws Exception {
        Process shell = start(SHELL);
        RunningProgram program = RunningProgram.of(shell.pid()).orElseThrow();
        assertThat(program.parent()).isEqualTo(ProcessHandle.current().pid());
        assertThat(program.program()).isEqualTo(SHELL.toRealPath());
        assertThat(program.arguments()).containsExactly(SHELL.toString(), "-c", "read word", "a b", "");
        assertThat(program.user()).isEqualTo(((Number) Files.getAttribute(folder, "unix:uid")).longValue());
        assertThat(program.isStillThere()).isTrue();
    }

    @Test
    void aNameWithParenthesesHidesNoField() throws Exception {
        Path odd = copy("x) R 1 (");
        RunningProgram program = RunningProgram.of(start(odd).pid()).orElseThrow();
        assertThat(program.parent()).isEqualTo(ProcessHandle.current().pid());
        assertThat(program.program()).isEqualTo(odd);
    }

    @Test
    void aProgramThatWasReplacedKeepsItsPathAndItsFile() throws Exception {
        Path path = copy("browser");
        Process process = start(path);
        Files.delete(path);
        Files.writeString(path, "another one");
        RunningProgram program = RunningProgram.of(process.pid()).orElseThrow();
        assertThat(program.program()).isEqualTo(path);
        assertThat(Files.readAllBytes(program.file())).isEqualTo(Files.readAllBytes(SHELL));
    }

    @Test
    void thereIsNothingToSayOfOneThatEnded() throws Exception {
        Process process = start(SHELL);
        RunningProgram program = RunningProgram.of(process.pid()).orElseThrow();
        process.destroyForcibly().waitFor();
        assertThat(program.isStillThere()).isFalse();
        assertThat(RunningProgram.of(process.pid())).isEmpty();
        assertThat(RunningProgram.of(0)).isEmpty();
        assertThat(RunningProgram.of(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void argumentsThatAreTooLongAreNotRead() throws Exception {
        String word = "w".repeat(64 << 10);
        List<String> many = new ArrayList<>(Collections.nCopies(3, word));
        RunningProgram fits = RunningProgram.of(
                        start(SHELL, many.toArray(String[]::new)).pid())
                .orElseThrow();
        assertThat(fits.arguments()).contains(word);
        many.add(word);
        RunningProgram tooLong = RunningProgram.of(
                        start(SHELL, many.toArray(String[]::new)).pid())
                .orElseThrow();
        assertThat(tooLong.arguments()).isEmpty();
    }

    @Test
    void aBrowserIsOneThatOnlyTheAdministratorCouldInstall() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path fake = Files.copy(SHELL.toRealPath(), open.resolve("chromium"), StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(KnownBrowser.of(RunningProgram.of(start(fake).pid()).orElseThrow()))
                .isEmpty();
        assertThat(KnownBrowser.isInstalledForAll(fake, fake)).isFalse();
        Path shell = SHELL.toRealPath();
        assertThat(KnownBrowser.isInstalledForAll(shell, shell)).isTrue();
        assertThat(KnownBrowser.of(RunningProgram.of(start(shell).pid()).orElseThrow()))
                .as("a shell")
                .isEmpty();
    }

    private Path copy(String name) throws IOException {
        return Files.copy(SHELL.toRealPath(), folder.toRealPath().resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** A shell that waits for a line. */
    private Process start(Path shell, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(shell.toString(), "-c", "read word", "a b", ""));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }
}
