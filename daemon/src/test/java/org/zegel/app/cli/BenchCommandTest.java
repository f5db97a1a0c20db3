package org.zegel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zegel.fixtures.Needs;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Figures are told, of everything that was asked for, and none where outcomes do not agree. How fast is not tested. */
class BenchCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    @Test
    void tellsAFigureOfEachOperationAtEachDoor() throws Exception {
        Program.Run run = program()
                .run(
                        "bench",
                        "--json",
                        "--size",
                        "10k,700k",
                        "--key",
                        "p256",
                        "--cipher",
                        "aes256-gcm",
                        "--seconds",
                        "0",
                        "--door",
                        "in-process,socket,native-messaging,http");
        assertThat(run.status()).as(run.errors()).isZero();
        List<JsonNode> figures = run.text().lines().map(JSON::readTree).toList();
        assertThat(figures).hasSize(2 * 5 * 4);
        assertThat(figures).allSatisfy(figure -> {
            assertThat(figure.get("runs").asInt()).isEqualTo(1);
            assertThat(figure.get("medianMs").asDouble()).isPositive();
            assertThat(figure.get("callMedianMs").asDouble())
                    .isPositive()
                    .isLessThanOrEqualTo(figure.get("medianMs").asDouble());
        });
        assertThat(figures.stream()
                        .map(figure -> figure.get("door").asString() + " "
                                + figure.get("operation").asString() + " "
                                + figure.get("bytes").asLong()))
                .doesNotHaveDuplicates()
                .contains("http open 700000", "in-process sign 10000", "native-messaging decrypt 700000");
        assertThat(left()).isEmpty();
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void severalClientsAndAKeyThatOnlySigns() throws Exception {
        Program.Run run = program()
                .run(
                        "bench",
                        "--size",
                        "10k",
                        "--key",
                        "ed25519",
                        "--seconds",
                        "1",
                        "--clients",
                        "12",
                        "--door",
                        "in-process,socket,http");
        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(run.text().lines()).hasSize(1 + 2 * 3).allMatch(line -> line.length() <= 160);
        assertThat(run.text()).contains("sign", "verify").doesNotContain("encrypt");
    }

    @Test
    void comparesWithOpenSslPairByPair() throws Exception {
        Needs.program("openssl");
        Program.Run run = program()
                .run(
                        "bench",
                        "--json",
                        "--vs",
                        "openssl",
                        "--size",
                        "10k",
                        "--key",
                        "rsa-2048,p256",
                        "--seconds",
                        "0",
                        "--pairs",
                        "2");
        assertThat(run.status()).as(run.errors()).isZero();
        List<JsonNode> figures = run.text().lines().map(JSON::readTree).toList();
        assertThat(figures).hasSize(2 * (2 + 3 * 2));
        assertThat(figures).allSatisfy(figure -> {
            assertThat(figure.get("wholeRatios").size()).isEqualTo(2);
            assertThat(figure.get("wholeRatio").asDouble()).isPositive();
        });
        assertThat(left()).isEmpty();
    }

    /** A program of that name that says yes to everything and makes something else. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void tellsNothingWhereTheOtherSideMadeAnotherMessage() throws Exception {
        Path liar = Files.createDirectories(folder.resolve("bin")).resolve("openssl");
        Files.writeString(liar, """
                #!/bin/sh
                while [ $# -gt 0 ]; do
                    if [ "$1" = -out ]; then
                        printf 'Content-Type: text/plain\\r\\n\\r\\nsomething else\\r\\n' > "$2"
                    fi
                    shift
                done
                """, StandardCharsets.US_ASCII);
        Files.setPosixFilePermissions(liar, PosixFilePermissions.fromString("rwx------"));
        Program.Run run = program()
                .withEnvironment(Map.of("PATH", liar.getParent() + ":" + System.getenv("PATH")))
                .run(
                        "bench",
                        "--vs",
                        "openssl",
                        "--operation",
                        "verify",
                        "--size",
                        "10k",
                        "--key",
                        "p256",
                        "--seconds",
                        "0",
                        "--pairs",
                        "1");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.errors()).contains("No figure is told").contains("another message");
        assertThat(run.text().lines().filter(line -> line.startsWith("verify"))).isEmpty();
        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--size,999,between 1k and 2g",
        "--size,3g,between 1k and 2g",
        "--size,much,no size",
        "--key,rsa-512,is none of rsa-2048",
        "--cipher,rc4,is none of aes128-cbc",
        "--door,window,is none of in-process",
        "--operation,guess,is none of sign",
        "--vs,nothing,is none of openssl",
        "--seconds,-1,takes 0 to 3600",
        "--clients,0,takes 1 to 64",
        "--clients,65,takes 1 to 64",
        "--pairs,0,takes 1 to 1000",
    })
    void saysWhatItTakes(String option, String value, String words) {
        Program.Run run = program().run("bench", option, value);
        assertThat(run.status()).isIn(2, 3);
        assertThat(run.errors()).contains(words);
        assertThat(run.text()).isEmpty();
    }

    private Program program() {
        return new Program(folder).with("-Djava.io.tmpdir=" + tmp());
    }

    private Path tmp() {
        try {
            return Files.createDirectories(folder.resolve("tmp"));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private List<Path> left() throws Exception {
        try (Stream<Path> files = Files.list(tmp())) {
            return files.filter(file -> file.getFileName().toString().startsWith("zegel"))
                    .toList();
        }
    }
}
