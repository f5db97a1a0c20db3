package org.zegel.trust.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.zegel.model.Finding.NAME_CONSTRAINTS;
import static org.zegel.model.Finding.NAME_CONSTRAINTS_MISPLACED;
import static org.zegel.model.Finding.NAME_CONSTRAINTS_UNREADABLE;
import static org.zegel.trust.path.Constraints.allow;
import static org.zegel.trust.path.Constraints.deny;
import static org.zegel.trust.path.Constraints.directory;
import static org.zegel.trust.path.Constraints.dns;
import static org.zegel.trust.path.Constraints.ip;
import static org.zegel.trust.path.Constraints.mail;
import static org.zegel.trust.path.Constraints.otherName;
import static org.zegel.trust.path.Constraints.subtrees;
import static org.zegel.trust.path.Constraints.uri;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Finding;

/** Constraints on names, those of addresses above all. */
class NameConstraintsTest extends PathFixture {
    /** {@code within}: a permitting constraint lets the name pass, an excluding one does not; {@code unreadable}: neither does. */
    @ParameterizedTest
    @CsvFileSource(resources = "mail-constraints.csv", quoteCharacter = '\'')
    void comparesAddresses(String constraint, String address, String relation) {
        Spec leaf = Spec.mail("Alice", address).key(KeyKind.P256);
        assertRelation(mail(constraint), leaf, relation);
        if (!address.equals("example.org")) {
            assertRelation(
                    mail(constraint), Spec.mail("Alice").subjectEmail(address).key(KeyKind.P256), relation);
        }
    }

    @Test
    void theCaseOfALocalPartIsNoWayOutOfAnExclusion() {
        assertRefused(excluding(mail("boss@example.org")).issue(alice("Boss@example.org")), NAME_CONSTRAINTS);
        // RFC 5280 section 7.5 compares local parts exactly.
        assertRefused(permitting(mail("Alice@example.org")).issue(alice("alice@example.org")), NAME_CONSTRAINTS);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "utf8-constraints.csv", quoteCharacter = '\'')
    void comparesInternationalAddresses(String constraint, String address, String relation) {
        assertRelation(mail(constraint), Spec.mail("Alice").smtpUtf8(address).key(KeyKind.P256), relation);
    }

    @Test
    void oneAddressOutsideIsEnough() {
        TestAuthority bound = permitting(mail("example.org"));
        assertAllowed(
                bound.issue(Spec.mail("A", "a@example.org", "b@example.org").key(KeyKind.P256)));
        assertRefused(
                bound.issue(Spec.mail("A", "a@example.org", "b@example.net").key(KeyKind.P256)), NAME_CONSTRAINTS);
        assertRefused(
                bound.issue(Spec.mail("A", "a@example.org")
                        .smtpUtf8("é@example.net")
                        .key(KeyKind.P256)),
                NAME_CONSTRAINTS);
    }

    @Test
    void oneOfSeveralConstraintsSuffices() {
        TestAuthority bound = permitting(mail("example.org"), mail(".example.net"));
        assertAllowed(bound.issue(alice("a@example.org")));
        assertAllowed(bound.issue(alice("a@x.example.net")));
        assertRefused(bound.issue(alice("a@example.net")), NAME_CONSTRAINTS);
    }

    @Test
    void excludedWins() {
        TestAuthority bound = root.subordinate(ca("Bound")
                .nameConstraints(
                        new NameConstraints(subtrees(mail(".example.org")), subtrees(mail("hr.example.org")))));
        assertAllowed(bound.issue(alice("a@it.example.org")));
        assertRefused(bound.issue(alice("a@hr.example.org")), NAME_CONSTRAINTS);
    }

    @Test
    void constraintsOnOneFormSayNothingOfAnother() {
        TestAuthority web = permitting(new GeneralName(GeneralName.dNSName, "example.net"));
        assertAllowed(web.issue(alice("alice@example.org")));
        TestAuthority department = permitting(directory("O=Example"));
        Spec named = alice("alice@anywhere.example").subject(new X500Name("O=Example,CN=Alice"));
        assertAllowed(department.issue(named));
        assertRefused(department.issue(alice("alice@anywhere.example")), NAME_CONSTRAINTS);
        TestAuthority mail = permitting(mail("example.org"));
        assertAllowed(mail.issue(Spec.mail("No address").key(KeyKind.P256)));
        GeneralName site = new GeneralName(GeneralName.dNSName, "example.net");
        // With alternative names the subject's emailAddress is no name of the certificate (section 4.2.1.10).
        assertAllowed(mail.issue(
                Spec.mail("A").subjectEmail("a@example.net").name(site).key(KeyKind.P256)));
    }

    @Test
    void everyCaAddsItsOwn() {
        TestAuthority wide = permitting(mail("example.org"), mail(".example.org"));
        TestAuthority narrow = wide.subordinate(ca("Narrow").nameConstraints(allow(mail("hr.example.org"))));
        assertAllowed(narrow.issue(alice("a@hr.example.org")));
        assertRefused(narrow.issue(alice("a@example.org")), NAME_CONSTRAINTS);
        TestAuthority other = wide.subordinate(ca("Other").nameConstraints(allow(mail("example.net"))));
        assertRefused(other.issue(alice("a@example.net")), NAME_CONSTRAINTS);
        assertRefused(other.issue(alice("a@example.org")), NAME_CONSTRAINTS);
        TestAuthority less = wide.subordinate(ca("Less").nameConstraints(deny(mail("hr.example.org"))));
        assertAllowed(less.issue(alice("a@it.example.org")));
        assertRefused(less.issue(alice("a@hr.example.org")), NAME_CONSTRAINTS);
    }

    @Test
    void aConstraintInTheAnchorBinds() {
        TestAuthority bound = TestAuthority.root(ca("Bound Root").nameConstraints(allow(mail("example.org"))));
        assertThat(reason(bound.certificate(), bound.issue(alice("a@example.org"))))
                .isEmpty();
        assertThat(reason(bound.certificate(), bound.issue(alice("a@example.net"))))
                .contains(NAME_CONSTRAINTS);
    }

    @Test
    void selfIssuedCertificatesAreFreeThemselvesAndBindOthers() {
        TestAuthority bound = permitting(directory("O=Example"));
        TestAuthority rolled = bound.subordinate(ca("Bound").nameConstraints(allow(mail("example.org"))));
        Spec leaf = alice("a@example.org").subject(new X500Name("O=Example,CN=Alice"));
        assertAllowed(rolled.issue(leaf));
        assertRefused(
                rolled.issue(alice("a@example.net").subject(new X500Name("O=Example,CN=Alice"))), NAME_CONSTRAINTS);
        // The last certificate is never exempt.
        assertRefused(bound.issue(alice("a@example.org").subject(new X500Name("CN=Bound"))), NAME_CONSTRAINTS);
    }

    @Test
    void anAddressInTheNameOfACaIsConstrainedToo() {
        TestAuthority bound = permitting(mail("example.org"));
        TestAuthority below = bound.subordinate(ca("Below").rfc822("ca@example.net"));
        assertRefused(below.issue(alice("a@example.org")), NAME_CONSTRAINTS);
    }

    @Test
    void listsThatSayNothingAreNotGuessedAt() throws Exception {
        for (byte[] empty : List.of(
                new DERSequence().getEncoded(),
                new DERSequence(new DERTaggedObject(false, 0, new DERSequence())).getEncoded(),
                new DERSequence(new DERTaggedObject(false, 1, new DERSequence())).getEncoded(),
                new byte[] {5, 0},
                new byte[] {0x30, 5})) {
            TestAuthority odd =
                    root.subordinate(ca("Odd").extension(new Extension(Extension.nameConstraints, true, empty)));
            assertRefused(odd.issue(alice("a@example.org")), NAME_CONSTRAINTS_UNREADABLE);
        }
    }

    @Test
    void boundsOnTheDepthOfASubtreeAreRefused() {
        for (GeneralSubtree deep : List.of(
                new GeneralSubtree(mail("example.org"), BigInteger.ONE, null),
                new GeneralSubtree(mail("example.org"), BigInteger.ZERO, BigInteger.TEN))) {
            TestAuthority odd =
                    root.subordinate(ca("Odd").nameConstraints(new NameConstraints(new GeneralSubtree[] {deep}, null)));
            assertRefused(odd.issue(alice("a@example.org")), NAME_CONSTRAINTS_UNREADABLE);
            assertAllowed(odd.issue(Spec.mail("No address").key(KeyKind.P256)));
        }
    }

    @Test
    void formsThatNobodyProcessesBindWhereTheyAreCritical() throws Exception {
        GeneralName principal = otherName("1.3.6.1.4.1.311.20.2.3", "alice@corp");
        NameConstraints constraints = allow(otherName("1.3.6.1.4.1.311.20.2.3", "@corp"));
        TestAuthority critical = root.subordinate(ca("Critical").nameConstraints(constraints));
        assertRefused(critical.issue(alice("a@example.org").name(principal)), NAME_CONSTRAINTS_UNREADABLE);
        assertAllowed(critical.issue(alice("a@example.org")));
        assertAllowed(critical.issue(alice("a@example.org").name(otherName("1.2.3.4", "x"))));
        TestAuthority lax = root.subordinate(
                ca("Lax").extension(new Extension(Extension.nameConstraints, false, constraints.getEncoded())));
        assertAllowed(lax.issue(alice("a@example.org").name(principal)));
    }

    @Test
    void constraintsBindAlsoWhereTheyAreNotCritical() throws Exception {
        TestAuthority lax = root.subordinate(ca("Lax")
                .extension(new Extension(
                        Extension.nameConstraints,
                        false,
                        allow(mail("example.org")).getEncoded())));
        assertRefused(lax.issue(alice("a@example.net")), NAME_CONSTRAINTS);
        // SmtpUTF8Mailbox must not be in constraints (RFC 9598 section 6): nobody can tell what it was to mean.
        TestAuthority odd = root.subordinate(ca("Odd")
                .extension(new Extension(
                        Extension.nameConstraints,
                        false,
                        allow(otherName("1.3.6.1.5.5.7.8.9", "é@example.org")).getEncoded())));
        assertRefused(odd.issue(alice("a@example.org")), NAME_CONSTRAINTS_UNREADABLE);
    }

    @Test
    void belongToCasAlone() {
        Spec odd = alice("a@example.org").nameConstraints(allow(mail("example.org")));
        assertRefused(root.issue(odd), NAME_CONSTRAINTS_MISPLACED);
    }

    @Test
    void otherFormsAreComparedAsTheirRulesSay() {
        assertWithin(directory("C=NL,O=Example"), directory("C=nl,O= example  ,CN=x"), true);
        assertWithin(directory("C=NL,O=Example"), directory("C=NL,O=Example Two"), false);
        assertWithin(directory("C=NL,O=Example"), directory("O=Example,C=NL"), false);
        assertWithin(dns("example.org"), dns("a.EXAMPLE.org"), true);
        assertWithin(dns("example.org"), dns("example.org"), true);
        assertWithin(dns("example.org"), dns("notexample.org"), false);
        assertWithin(uri("example.org"), uri("https://example.org:8443/x"), true);
        assertWithin(uri("example.org"), uri("https://a.example.org/"), false);
        assertWithin(uri(".example.org"), uri("https://a.example.org/"), true);
        assertWithin(ip(192, 0, 2, 0, 255, 255, 255, 0), ip(192, 0, 2, 77), true);
        assertWithin(ip(192, 0, 2, 0, 255, 255, 255, 0), ip(192, 0, 3, 77), false);
        assertRefused(
                permitting(uri("example.org")).issue(alice("a@example.org").name(uri("urn:x:y"))),
                NAME_CONSTRAINTS_UNREADABLE);
        assertRefused(
                permitting(uri("example.org")).issue(alice("a@example.org").name(uri("http://192.0.2.1/"))),
                NAME_CONSTRAINTS_UNREADABLE);
        assertRefused(
                permitting(ip(192, 0, 2)).issue(alice("a@example.org").name(ip(192, 0, 2, 1))),
                NAME_CONSTRAINTS_UNREADABLE);
    }

    @Test
    void manyNamesAndConstraintsAreCutOff() {
        List<GeneralName> hosts = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            hosts.add(mail("h" + i + ".example"));
        }
        TestAuthority bound = excluding(hosts.toArray(new GeneralName[0]));
        Spec few = alice("a@example.org");
        for (int i = 1; i < NameConstraintsCheck.MAX_COMPARISONS / 1_000 - 1; i++) {
            few.rfc822("a" + i + "@example.org");
        }
        // The subject is a name too.
        assertAllowed(bound.issue(few));
        assertRefused(bound.issue(few.rfc822("one@example.org")), NAME_CONSTRAINTS_UNREADABLE);
    }

    @Test
    void tooManyConstraintsAreNotRead() {
        List<GeneralName> hosts = new ArrayList<>();
        for (int i = 0; i < NameConstraintsCheck.MAX_CONSTRAINTS; i++) {
            hosts.add(mail("h" + i + ".example"));
        }
        assertAllowed(excluding(hosts.toArray(new GeneralName[0])).issue(alice("a@example.org")));
        hosts.add(mail("one.example"));
        assertRefused(
                excluding(hosts.toArray(new GeneralName[0])).issue(alice("a@example.org")),
                NAME_CONSTRAINTS_UNREADABLE);
    }

    private void assertRelation(GeneralName constraint, Spec leaf, String relation) {
        TestIdentity permitted = permitting(constraint).issue(leaf);
        TestIdentity excluded = excluding(constraint).issue(leaf);
        switch (relation) {
            case "within" -> {
                assertAllowed(permitted);
                assertRefused(excluded, NAME_CONSTRAINTS);
            }
            case "outside" -> {
                assertRefused(permitted, NAME_CONSTRAINTS);
                assertAllowed(excluded);
            }
            default -> {
                assertRefused(permitted, NAME_CONSTRAINTS_UNREADABLE);
                assertRefused(excluded, NAME_CONSTRAINTS_UNREADABLE);
            }
        }
    }

    private void assertWithin(GeneralName constraint, GeneralName name, boolean within) {
        Spec leaf = alice("a@example.org").subject(new X500Name(new RDN[0])).name(name);
        assertThat(reason(permitting(constraint).issue(leaf)).isEmpty()).isEqualTo(within);
        assertThat(reason(excluding(constraint).issue(leaf)).isEmpty()).isEqualTo(!within);
    }

    private TestAuthority permitting(GeneralName... names) {
        return root.subordinate(ca("Bound").nameConstraints(allow(names)));
    }

    private TestAuthority excluding(GeneralName... names) {
        return root.subordinate(ca("Bound").nameConstraints(deny(names)));
    }

    private void assertAllowed(TestIdentity leaf) {
        assertThat(reason(leaf)).isEmpty();
    }

    private void assertRefused(TestIdentity leaf, Finding expected) {
        assertThat(reason(leaf)).contains(expected);
    }

    private static Spec alice(String address) {
        return Spec.mail("Alice", address).key(KeyKind.P256);
    }
}
