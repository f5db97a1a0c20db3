package org.zegel.trust.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Pkits;
import org.zegel.fixtures.PkitsExpectation;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Verdict.Chain;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Revocation;
import org.zegel.trust.CertificatePurpose;
import org.zegel.trust.Trust;
import org.zegel.trust.TrustOptions;
import org.zegel.trust.TrustPolicy;

/** What the JDK's validator, Bouncy Castle's and Zegel's get right; the table of ADR 11 is held against the outcome. */
class ComparisonTest extends PathFixture {
    private static final String ZEGEL = "Zegel";
    private static final String NIST_TEST_POLICY = "2.16.840.1.101.3.2.1.48.";

    /** What one of them got wrong: good things refused, bad things accepted. */
    private final TreeMap<String, List<String>> refused = new TreeMap<>();

    private final TreeMap<String, List<String>> accepted = new TreeMap<>();

    @Test
    void theTableOfTheDecisionHolds() throws Exception {
        List<String> rows = new ArrayList<>();
        rows.add(row("PKITS, with CRLs", pkits()));
        rows.add(row("PKITS, other initial policies", policies()));
        rows.add(row("rfc822Name constraints, rfc822Name", addresses("mail-constraints.csv", false)));
        rows.add(row("rfc822Name constraints, SmtpUTF8Mailbox", addresses("utf8-constraints.csv", true)));
        Files.write(
                Path.of("target", "validators.txt"),
                Stream.concat(rows.stream(), wrong()).toList());
        assertThat(Files.readString(Path.of("..", "docs", "adr", "0011-path-validation.md")))
                .contains(rows);
    }

    private int pkits() {
        List<X509Certificate> certificates = Pkits.certificates();
        List<X509CRL> crls = Pkits.crls();
        X509Certificate anchor = Pkits.anchor();
        Trust trust = new Trust(() -> List.of(anchor), Clock.fixed(Pkits.NOW, ZoneOffset.UTC), TrustPolicy.STRICT);
        List<PkitsExpectation> tests = PkitsExpectation.all();
        for (PkitsExpectation test : tests) {
            X509Certificate leaf = Pkits.certificate(test.certificate());
            for (OtherValidators other : OtherValidators.values()) {
                count(
                        other.name(),
                        test.test(),
                        test.isValid(),
                        () -> other.accepts(leaf, anchor, certificates, crls, PolicyInputs.ANY));
            }
            count(ZEGEL, test.test(), test.isValid(), () -> {
                Chain chain = trust.chain(
                        leaf,
                        certificates,
                        crls,
                        new TrustOptions(null, List.of(), List.of(), Pkits.NOW, true),
                        CertificatePurpose.SIGN_MAIL);
                return chain.status() == ChainStatus.TRUSTED && chain.revocation() == Revocation.GOOD;
            });
        }
        return tests.size();
    }

    private int policies() throws Exception {
        List<X509Certificate> certificates = Pkits.certificates();
        List<String[]> cases = lines("pkits-policies.csv", ", ");
        for (String[] each : cases) {
            Set<String> wanted = each[1].equals("any")
                    ? Set.of()
                    : Stream.of(each[1].split(" "))
                            .map(NIST_TEST_POLICY::concat)
                            .collect(Collectors.toSet());
            PolicyInputs inputs =
                    new PolicyInputs(wanted, each[2].contains("e"), each[2].contains("m"), each[2].contains("a"));
            X509Certificate leaf = PkitsExpectation.all().stream()
                    .filter(test -> test.test().equals(each[0]))
                    .map(test -> Pkits.certificate(test.certificate()))
                    .findFirst()
                    .orElseThrow();
            judge(String.join(" ", each), Boolean.parseBoolean(each[3]), leaf, Pkits.anchor(), certificates, inputs);
        }
        return cases.size();
    }

    private int addresses(String resource, boolean utf8) throws Exception {
        List<String[]> cases = lines(resource, ", (?=[^ ]|'')");
        for (String[] each : cases) {
            String relation = each[each.length - 1];
            Spec empty = Spec.mail("Alice").key(KeyKind.P256);
            Spec leaf = utf8 ? empty.smtpUtf8(bare(each[1])) : empty.rfc822(bare(each[1]));
            var constraint = Constraints.mail(bare(each[0]));
            TestAuthority allows = root.subordinate(ca("Bound").nameConstraints(Constraints.allow(constraint)));
            TestAuthority denies = root.subordinate(ca("Bound").nameConstraints(Constraints.deny(constraint)));
            name("permit", each, relation.equals("within"), allows.issue(leaf));
            name("exclude", each, relation.equals("outside"), denies.issue(leaf));
        }
        return 2 * cases.size();
    }

    private void name(String kind, String[] each, boolean valid, TestIdentity leaf) {
        judge(
                kind + " " + String.join(" | ", each),
                valid,
                leaf.certificate(),
                root.certificate(),
                leaf.intermediates(),
                PolicyInputs.ANY);
    }

    private void judge(
            String about,
            boolean valid,
            X509Certificate leaf,
            X509Certificate anchor,
            List<X509Certificate> others,
            PolicyInputs inputs) {
        for (OtherValidators other : OtherValidators.values()) {
            count(other.name(), about, valid, () -> other.accepts(leaf, anchor, others, List.of(), inputs));
        }
        count(
                ZEGEL,
                about,
                valid,
                () -> !PathFinder.find(leaf, List.of(anchor), others, NOW)
                                .paths()
                                .isEmpty()
                        && best(leaf, anchor, others, inputs).isEmpty());
    }

    private void count(String who, String about, boolean valid, BooleanSupplier answer) {
        boolean accepts = answer.getAsBoolean();
        if (accepts != valid) {
            (accepts ? accepted : refused)
                    .computeIfAbsent(who, _ -> new ArrayList<>())
                    .add(about);
        }
    }

    /** Wrongly refused / wrongly accepted since the last row, for each of the three. */
    private String row(String what, int cases) {
        StringBuilder row = new StringBuilder("| " + what + " | " + cases);
        for (String who : List.of("JDK", "BOUNCY_CASTLE", ZEGEL)) {
            row.append(String.format(
                    Locale.ROOT,
                    " | %d / %d",
                    fresh(refused, who).size(),
                    fresh(accepted, who).size()));
        }
        refused.values().forEach(all -> all.add("--"));
        accepted.values().forEach(all -> all.add("--"));
        return row.append(" |").toString();
    }

    private static List<String> fresh(TreeMap<String, List<String>> wrong, String who) {
        List<String> all = wrong.getOrDefault(who, List.of());
        return all.subList(all.lastIndexOf("--") + 1, all.size());
    }

    private Stream<String> wrong() {
        return Stream.of(refused, accepted)
                .flatMap(wrong -> wrong.entrySet().stream()
                        .flatMap(who -> who.getValue().stream()
                                .map(each ->
                                        (wrong == refused ? "refuses " : "accepts ") + who.getKey() + ": " + each)));
    }

    private static String bare(String text) {
        return text.startsWith("'") ? text.substring(1, text.length() - 1) : text;
    }

    private static List<String[]> lines(String resource, String separator) throws Exception {
        Path file = Path.of(ComparisonTest.class.getResource(resource).toURI());
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(separator))
                .toList();
    }
}
