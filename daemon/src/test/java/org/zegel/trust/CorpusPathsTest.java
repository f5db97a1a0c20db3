package org.zegel.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zegel.fixtures.Needs;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Revocation;
import org.zegel.model.Verdict.Strength;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The path cases of the sample folders, with a printed table of how many come out as their makers expect. */
class CorpusPathsTest {
    /** Cases that come out otherwise, each with the reason. */
    private static final Map<String, String> DISAGREEMENTS = Map.of();

    @ParameterizedTest
    @CsvSource({"bsi", "rfc9216"})
    void judgesPathsAsTheirMakersExpect(String folder) throws Exception {
        Path corpus = Needs.corpus(folder);
        Map<String, String> disagreed = new TreeMap<>();
        int total = 0;
        for (String line : Files.readAllLines(corpus.resolve("manifest.jsonl"))) {
            JsonNode row = new JsonMapper().readTree(line);
            if (row.get("op").asString().equals("path")) {
                total++;
                Outcome outcome = judge(corpus, row);
                if (outcome.good() == row.get("expect").asString().equals("invalid")) {
                    disagreed.put(
                            row.get("id").asString(), row.get("expect").asString() + " expected, " + outcome.why());
                }
            }
        }
        System.out.printf("%-12s paths: %d agreed of %d%n", folder, total - disagreed.size(), total);
        disagreed.forEach((id, why) -> System.out.println("  " + id + ": " + why + " (" + DISAGREEMENTS.get(id) + ")"));
        assertThat(total).isPositive();
        assertThat(DISAGREEMENTS.keySet()).containsAll(disagreed.keySet());
    }

    private record Outcome(boolean good, String why) {}

    private static Outcome judge(Path corpus, JsonNode row) throws Exception {
        List<X509Certificate> anchors;
        List<X509Certificate> untrusted;
        X509Certificate leaf;
        List<X509CRL> crls = new ArrayList<>();
        try {
            anchors = certificates(corpus, strings(row, "anchor"));
            untrusted = certificates(corpus, strings(row, "untrusted"));
            leaf = certificates(corpus, List.of(row.get("file").asString())).getFirst();
        } catch (CertificateException unreadable) {
            return new Outcome(false, "certificate unreadable");
        }
        for (String file : strings(row, "crl")) {
            try {
                crls.addAll(crls(corpus.resolve(file)));
            } catch (java.security.cert.CRLException unreadable) {
                continue;
            }
        }
        CertificatePurpose purpose = row.path("purpose").asString("").equals("smimeencrypt")
                ? CertificatePurpose.ENCRYPT_MAIL
                : CertificatePurpose.SIGN_MAIL;
        ChainAssessment assessed = new ChainAssessor(anchors, untrusted, crls)
                .assess(leaf, Instant.parse(row.get("time").asString()), purpose);
        boolean revocationAsked = row.path("check_crl").asBoolean(false);
        boolean good = assessed.chain().status() == ChainStatus.TRUSTED
                && assessed.strength() == Strength.ACCEPTABLE
                && (!revocationAsked || assessed.chain().revocation() == Revocation.GOOD);
        return new Outcome(
                good,
                assessed.chain().status() + " " + assessed.chain().reason() + " "
                        + assessed.chain().revocation() + " " + assessed.strength() + " " + assessed.findings());
    }

    private static List<String> strings(JsonNode row, String name) {
        return row.path(name).valueStream().map(JsonNode::asString).toList();
    }

    private static List<X509Certificate> certificates(Path corpus, List<String> files) throws Exception {
        List<X509Certificate> found = new ArrayList<>();
        for (String file : files) {
            try (var in = Files.newInputStream(corpus.resolve(file))) {
                CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                        .map(X509Certificate.class::cast)
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static Collection<X509CRL> crls(Path file) throws Exception {
        try (var in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCRLs(in).stream()
                    .map(X509CRL.class::cast)
                    .collect(Collectors.toList());
        }
    }
}
