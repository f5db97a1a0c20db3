package org.zegel.logsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.zegel.fixtures.KnownSecrets;

/** After all tests, in a process of its own: what they and their daemons logged at {@code trace} has no secret in it. */
class AllLogsTest {
    @Test
    void noLogHasASecretInIt(TestReporter reporter) throws IOException {
        Path folder = KnownSecrets.folder();
        LogSearch search = new LogSearch();
        Map<String, Long> kinds = new TreeMap<>();
        Set<String> controls = new HashSet<>();
        for (String line : Files.readAllLines(folder.resolve("secrets"), StandardCharsets.US_ASCII)) {
            int tab = line.indexOf('\t');
            String what = line.substring(0, tab);
            kinds.merge(what, 1L, Long::sum);
            if (what.startsWith(Control.PREFIX)) {
                controls.add(what);
            }
            SecretPatterns.of(what, Base64.getDecoder().decode(line.substring(tab + 1)), search::add);
        }
        List<Path> logs = logs(folder);
        for (Path log : logs) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(log), 1 << 16)) {
                search.search(in);
            }
        }
        reporter.publishEntry("searched", search.bytes() + " bytes in " + logs.size() + " logs for " + kinds);

        Map<String, String> found = new TreeMap<>(search.found());
        assertThat(found.keySet())
                .as("the search finds what was logged on purpose")
                .containsAll(controls);
        assertThat(controls).hasSizeGreaterThan(6);
        found.keySet().removeAll(controls);
        assertThat(found).as("secrets in logs, and where").isEmpty();
        assertThat(kinds.keySet())
                .contains(
                        "token",
                        "pairing key",
                        "pairing nonce",
                        "private key",
                        "passphrase",
                        "message text",
                        "subject");
        assertThat(search.bytes()).as("bytes of logs").isGreaterThan(100_000);
    }

    private static List<Path> logs(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".log.gz")).collect(Collectors.toList());
        }
    }
}
