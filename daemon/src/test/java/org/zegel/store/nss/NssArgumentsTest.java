package org.zegel.store.nss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.helper.ModuleHelper;
import org.zegel.fixtures.Needs;
import org.zegel.store.cryptoki.ModuleSpec;
import org.zegel.store.cryptoki.Token;
import org.zegel.store.cryptoki.helper.HelperLimits;
import org.zegel.store.cryptoki.helper.ModuleProcesses;

/** Databases made by NSS's own programs, opened by NSS in a real helper process. */
class NssArgumentsTest {
    @TempDir
    Path folder;

    private Profile database(String name) throws Exception {
        Path made = Files.createDirectory(folder.resolve(name));
        Process certutil = new ProcessBuilder("certutil", "-N", "-d", "sql:" + made, "--empty-password")
                .redirectErrorStream(true)
                .start();
        String said = new String(certutil.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(certutil.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(certutil.exitValue()).as(said).isZero();
        return new Profile("Thunderbird", name, made, null);
    }

    @Test
    void opensHostilyNamedFoldersAllInOneProcessAndChangesNothing() throws Exception {
        Needs.program("certutil");
        Path library = NssLibrary.linux().orElseThrow();
        List<Profile> profiles = new ArrayList<>();
        for (String name : List.of(
                "plain",
                "it's \"[x]\" <y> {z} (q)",
                "back\\slash\\'",
                "a' flags=optimizeSpace configDir='sql:b",
                "]> 0x7=[configDir='sql:c'",
                "tab\tand\nline",
                "\u00e9t\u00e9")) {
            profiles.add(database(name));
        }
        Map<Path, List<Object>> before = state();
        try (ModuleProcesses modules = new ModuleProcesses(ModuleHelper.command(), HelperLimits.STANDARD)) {
            List<Token> tokens = modules.open(new ModuleSpec("NSS", library, NssArguments.of(profiles)))
                    .tokens();

            assertThat(tokens)
                    .extracting(Token::label)
                    .containsExactlyElementsOf(
                            profiles.stream().map(NssArguments::label).toList());
            assertThat(tokens)
                    .as("each found its own database, which has no password")
                    .noneMatch(Token::loginRequired);
            assertThat(modules.running()).isEqualTo(1);
        }
        assertThat(state()).isEqualTo(before);
    }

    /** Every file with its time and its bytes. */
    private Map<Path, List<Object>> state() throws IOException {
        Map<Path, List<Object>> state = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                FileTime time = Files.getLastModifiedTime(file);
                state.put(file, List.of(time, Arrays.hashCode(Files.readAllBytes(file))));
            }
        }
        return state;
    }
}
