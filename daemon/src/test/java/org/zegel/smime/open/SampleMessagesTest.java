package org.zegel.smime.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.fixtures.Needs;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Failure;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.Integrity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages that the project did not make: are they intact, do they open? Who is trusted is not asked here. */
class SampleMessagesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Takes the odd keys that the JDK refuses. */
    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();

    /** Rows whose expectation is another than "intact" or "opens", and why. */
    private static final Map<String, String> EXPLAINED = Map.of(
            "mail_with_signature-untrusted", "intact; only its anchor is missing",
            "mail_with_signature_and_content_type_xpkcs7mime-untrusted", "intact; only its anchor is missing",
            "mail-with-signature-and-multi-certs-untrusted", "intact; only its anchor is missing",
            "SignedInvalidMappingFromanyPolicyTest7", "intact; its chain is what is invalid",
            "mimetreeparser-smime-encrypted-ambiguous-mime",
                    "encrypted part beside a clear one: never decrypted into it (EFAIL)");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"kde", "james", "mimekit", "misc", "openssl-cms", "rfc9788"})
    void agreesWithTheExpectation(String corpus) throws Exception {
        Path folder = Needs.corpus(corpus);
        List<String> disagreements = new ArrayList<>();
        int total = 0;
        for (String line : Files.readAllLines(folder.resolve("manifest.jsonl"))) {
            JsonNode row = JSON.readTree(line);
            String operation = row.path("op").asString();
            if (!operation.contains("verify") && !operation.contains("decrypt")) {
                continue;
            }
            total++;
            String outcome = outcome(folder, row);
            boolean explained = EXPLAINED.containsKey(row.path("id").asString());
            if (agrees(row, outcome) == explained) {
                disagreements.add(row.path("id").asString() + ": expected "
                        + row.path("expect").asString() + ", was " + outcome);
            }
        }
        assertThat(disagreements).as("%s, of %d rows", corpus, total).isEmpty();
    }

    private static boolean agrees(JsonNode row, String outcome) {
        return switch (row.path("expect").asString()) {
            case "valid" -> outcome.startsWith("intact");
            case "invalid" -> !outcome.startsWith("intact");
            case "decrypts" -> outcome.startsWith("opens") || outcome.startsWith("intact");
            case "fails" -> outcome.startsWith("closed");
            case "partial" -> outcome.contains("encrypted-part-not-whole");
            default -> false;
        };
    }

    private String outcome(Path folder, JsonNode row) throws Exception {
        OpenFixture fixture = new OpenFixture(directory);
        for (JsonNode other : row.path("untrusted")) {
            fixture.knowing(certificates(folder.resolve(other.asString())).toArray(X509Certificate[]::new));
        }
        if (row.hasNonNull("key")) {
            String certificate = row.hasNonNull("cert")
                    ? row.path("cert").asString()
                    : row.path("key").asString();
            List<X509Certificate> chain = certificates(folder.resolve(certificate));
            PrivateKey key = key(folder.resolve(row.path("key").asString()));
            if (key != null && !chain.isEmpty()) {
                fixture.with(new TestIdentity(chain.getFirst(), key, List.of()));
            }
        }
        byte[] bytes = Files.readAllBytes(folder.resolve(row.path("file").asString()));
        try {
            boolean raw = List.of("der", "pem", "der-or-mime")
                    .contains(row.path("form").asString());
            OpenFixture.Result result = raw ? fixture.cms(bytes, null) : fixture.open(bytes);
            return describe(folder, row, result);
        } catch (Failure failure) {
            return "closed: " + failure.kind();
        }
    }

    private static String describe(Path folder, JsonNode row, OpenFixture.Result result) throws IOException {
        List<SignerFacts> signers = result.opened().facts().signers();
        List<String> findings = new ArrayList<>(result.findings());
        signers.forEach(signer -> findings.addAll(signer.findings()));
        if (result.clear() == null) {
            return "closed: " + findings + result.opened().facts().layers();
        }
        if (row.hasNonNull("plaintext_contains")
                && !result.text().contains(row.path("plaintext_contains").asString())) {
            return "wrong text";
        }
        if (row.hasNonNull("plaintext_file")) {
            String expected = Files.readString(
                    folder.resolve(row.path("plaintext_file").asString()), StandardCharsets.ISO_8859_1);
            if (!body(result.text()).strip().equals(body(expected).strip())
                    && !result.text().strip().equals(unixLines(expected).strip())
                    && !body(result.text()).strip().equals(unixLines(expected).strip())) {
                return "wrong text: " + result.text();
            }
        }
        boolean intact =
                signers.stream().anyMatch(signer -> signer.integrity() == Integrity.INTACT && signer.coversWhole());
        return (intact
                        ? "intact"
                        : "opens, "
                                + signers.stream().map(SignerFacts::integrity).toList())
                + findings;
    }

    private static String body(String message) {
        String text = unixLines(message);
        return text.substring(text.indexOf("\n\n") + 2);
    }

    private static String unixLines(String text) {
        return text.replace("\r\n", "\n");
    }

    private static List<X509Certificate> certificates(Path file) throws Exception {
        List<X509Certificate> found = new ArrayList<>();
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf("-----BEGIN CERT"); at >= 0; at = text.indexOf("-----BEGIN CERT", at + 1)) {
            found.add((X509Certificate) CertificateFactory.getInstance("X.509", BOUNCY_CASTLE)
                    .generateCertificate(
                            new ByteArrayInputStream(text.substring(at).getBytes(StandardCharsets.ISO_8859_1))));
        }
        return found;
    }

    private static PrivateKey key(Path file) throws Exception {
        try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file, StandardCharsets.ISO_8859_1)))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                JcaPEMKeyConverter converter = new JcaPEMKeyConverter().setProvider(BOUNCY_CASTLE);
                switch (object) {
                    case PEMKeyPair pair -> {
                        return converter.getKeyPair(pair).getPrivate();
                    }
                    case PrivateKeyInfo info -> {
                        PrivateKey key = converter.getPrivateKey(info);
                        // As a store would hold it: a key of the JDK where the JDK knows the algorithm.
                        return key.getAlgorithm().startsWith("EC")
                                ? KeyFactory.getInstance("EC")
                                        .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()))
                                : key;
                    }
                    default -> {}
                }
            }
        }
        return null;
    }
}
