package org.zegel.store.pkcs12;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.zegel.fixtures.Needs;
import org.zegel.model.Failure;
import org.zegel.model.Identity.KeyUse;
import org.zegel.store.KeyUses;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every PKCS#12 file of the sample messages has its stated outcome; PBMAC1 ones are judged as OpenSSL 3.6 judges. */
class KeyFileCorpusTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> REASONS =
            Set.of("damaged", "wrong-passphrase", "not-a-key-file", "unknown-algorithm", "no-private-key");

    @TestFactory
    Stream<DynamicTest> opensslSamplesHaveTheirOutcome() throws IOException {
        return samples("openssl-cms");
    }

    @TestFactory
    Stream<DynamicTest> rfc9216SamplesHaveTheirOutcome() throws IOException {
        return samples("rfc9216");
    }

    private static Stream<DynamicTest> samples(String corpus) throws IOException {
        Path folder = Needs.corpus(corpus);
        List<JsonNode> samples = Files.readAllLines(folder.resolve("manifest.jsonl")).stream()
                .map(JSON::readTree)
                .filter(sample -> sample.path("op").asString().equals("p12"))
                .toList();
        assertThat(samples).isNotEmpty();
        return samples.stream()
                .map(sample -> DynamicTest.dynamicTest(
                        sample.path("id").asString(), () -> hasItsOutcome(folder, corpus, sample)));
    }

    private static void hasItsOutcome(Path folder, String corpus, JsonNode sample) throws IOException, Failure {
        byte[] file = Files.readAllBytes(folder.resolve(sample.path("file").asString()));
        String passphrase = sample.path("password").asString();
        if (sample.path("expect").asString().equals("fails")) {
            assertThat(KeyFiles.refusal(file, KeyFiles.typing(passphrase))).isIn(REASONS);
            return;
        }
        if (sample.path("id").asString().equals("p12-nomac_parse.p12")) {
            // OpenSSL "opens" it by passing over its only part, which is encrypted to nobody: nothing to import.
            assertThat(KeyFiles.refusal(file, KeyFiles.typing(passphrase))).isEqualTo("unknown-algorithm");
            return;
        }
        List<ImportedIdentity> found = KeyFiles.read(file, passphrase);
        assertThat(found).isNotEmpty();
        if (corpus.equals("rfc9216")) {
            assertThat(found).hasSize(2);
            assertThat(found)
                    .extracting(identity -> KeyUses.of(identity.certificate()))
                    .anyMatch(uses -> uses.equals(Set.of(KeyUse.SIGN)))
                    .anyMatch(uses -> !uses.contains(KeyUse.SIGN) && !uses.isEmpty());
        }
    }
}
