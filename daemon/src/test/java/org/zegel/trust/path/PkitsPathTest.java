package org.zegel.trust.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.zegel.fixtures.Pkits;
import org.zegel.fixtures.PkitsExpectation;
import org.zegel.model.Finding;

/** NIST's PKITS, found among all its certificates at once, apart from revocation. */
class PkitsPathTest {
    private static final String NIST_TEST_POLICY = "2.16.840.1.101.3.2.1.48.";

    private static List<X509Certificate> all;

    @BeforeAll
    static void read() {
        all = Pkits.certificates();
    }

    static List<PkitsExpectation> tests() {
        return PkitsExpectation.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tests")
    void isJudgedAsThePublishedTestSays(PkitsExpectation test) {
        assertThat(reason(Pkits.certificate(test.certificate()), PolicyInputs.ANY)
                        .orElse(null))
                .isEqualTo(test.pathReason());
    }

    @Test
    void leavesNoMessageOut() {
        assertThat(tests())
                .extracting(test -> "Signed" + test.test() + ".eml")
                .containsExactlyElementsOf(Pkits.messages().stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
    }

    /** Policies wanted by number; explicit, inhibit mapping, inhibit anyPolicy; whether the path is valid so. */
    @ParameterizedTest
    @CsvFileSource(resources = "pkits-policies.csv")
    void honoursTheInitialPolicies(String test, String wanted, String flags, boolean valid) {
        Set<String> policies = wanted.equals("any")
                ? Set.of()
                : Stream.of(wanted.split(" ")).map(NIST_TEST_POLICY::concat).collect(Collectors.toSet());
        PolicyInputs inputs = new PolicyInputs(policies, flags.contains("e"), flags.contains("m"), flags.contains("a"));
        String certificate = tests().stream()
                .filter(each -> each.test().equals(test))
                .map(PkitsExpectation::certificate)
                .findFirst()
                .orElseThrow();
        Optional<Finding> reason = reason(Pkits.certificate(certificate), inputs);
        assertThat(reason.isEmpty()).as(reason.toString()).isEqualTo(valid);
    }

    /** The shortfall of the best path; what the search found missing when there is none. */
    private static Optional<Finding> reason(X509Certificate leaf, PolicyInputs policies) {
        PathFinder.Outcome search = PathFinder.find(leaf, List.of(Pkits.anchor()), all, Pkits.NOW);
        if (search.paths().isEmpty()) {
            return Optional.of(search.badSignature() ? Finding.ISSUER_SIGNATURE_INVALID : Finding.ISSUER_UNKNOWN);
        }
        return search.paths().stream()
                .map(path -> PathValidator.worst(path, new PathQuestion(Pkits.NOW, policies)))
                .min(Comparator.comparingInt(
                        worst -> worst.map(Shortfall::gravity).orElse(0)))
                .orElseThrow()
                .map(Shortfall::reason);
    }
}
