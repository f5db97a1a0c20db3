package org.zegel.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.AddressFields;
import org.zegel.model.Finding;
import org.zegel.model.MessageFacts;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict;
import org.zegel.model.Verdict.AddressMatch;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Integrity;
import org.zegel.model.Verdict.Lock;
import org.zegel.model.Verdict.Revocation;
import org.zegel.model.Verdict.Seal;
import org.zegel.model.Verdict.Strength;
import org.zegel.model.Verdict.TimeBasis;
import org.zegel.trust.revocation.RevocationPolicy;

class TrustTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final List<String> FROM_ALICE = List.of("Alice <alice@example.org>");

    private static TestAuthority root;
    private static TestAuthority authority;
    private static TestIdentity alice;
    private static TestIdentity mallory;
    private static X509CRL rootCrl;
    private static X509CRL crl;

    @BeforeAll
    static void makeCertificates() {
        root = TestAuthority.root("Root", KeyKind.P256);
        authority = root.subordinate(Spec.authority("CA").key(KeyKind.P256));
        alice = authority.issue(mail("Alice", "alice@example.org"));
        mallory = authority.issue(mail("Mallory", "mallory@example.net"));
        rootCrl = root.crl(List.of());
        crl = authority.crl(List.of());
    }

    private static Spec mail(String name, String... addresses) {
        return Spec.mail(name, addresses).key(KeyKind.P256);
    }

    private static Verdict judge(MessageFacts facts) {
        return judge(facts, TrustPolicy.STRICT, crl, rootCrl);
    }

    private static Verdict judge(MessageFacts facts, TrustPolicy policy, X509CRL... crls) {
        Trust trust = new Trust(() -> List.of(root.certificate()), Clock.fixed(NOW, ZoneOffset.UTC), policy);
        return trust.judge(facts, new TrustOptions(null, List.of(), List.of(crls), null, true));
    }

    @Test
    void aGoodSignatureOfTheSenderIsValid() {
        Verdict verdict = judge(Facts.message(FROM_ALICE, Facts.signer(alice)));
        assertThat(verdict.seal()).isEqualTo(Seal.VALID);
        assertThat(verdict.texts()).containsOnlyKeys("en", "nl");
        assertThat(verdict.texts().get("en")).contains("alice@example.org").contains("not been changed");
        Verdict.Signer signer = verdict.signers().getFirst();
        assertThat(signer.chain().status()).isEqualTo(ChainStatus.TRUSTED);
        assertThat(signer.chain().revocation()).isEqualTo(Revocation.GOOD);
        assertThat(signer.chain().path())
                .extracting(summary -> summary.subject())
                .containsExactly("CN=Alice", "CN=CA", "CN=Root");
        assertThat(signer.address()).isEqualTo(AddressMatch.MATCH);
        assertThat(signer.time().basis()).isEqualTo(TimeBasis.CLOCK);
        assertThat(signer.time().evaluatedAt()).isEqualTo(NOW);
        assertThat(signer.algorithms()).isEqualTo(Strength.ACCEPTABLE);
    }

    @Test
    void theTextNamesTheAddressOfSeveralThatFromNames() {
        TestIdentity many = authority.issue(mail("Alice", "sales@example.org", "alice@example.org"));
        Verdict verdict = judge(Facts.message(FROM_ALICE, Facts.signer(many)));
        assertThat(verdict.texts().get("en")).contains("alice@example.org").doesNotContain("sales@example.org");
    }

    @Test
    void oneTrickInFromDecidesTheTextToo() {
        Verdict verdict =
                judge(Facts.message(List.of("\"boss@example.com\" <alice@example.org>"), Facts.signer(alice)));
        assertThat(verdict.seal()).isEqualTo(Seal.WARNING);
        assertThat(verdict.findings()).containsExactly(Finding.DISPLAY_NAME_HAS_ADDRESS);
        assertThat(verdict.signers().getFirst().address()).isEqualTo(AddressMatch.MATCH);
        assertThat(verdict.texts().get("en")).contains("be careful").contains("contains an e-mail address");
        assertThat(verdict.texts().get("nl")).contains("let op").contains("e-mailadres");
    }

    @Test
    void adviceNeverChangesTheSeal() {
        MessageFacts facts = Facts.message(FROM_ALICE, Facts.signer(alice));
        MessageFacts beside = new MessageFacts(
                facts.signers(),
                facts.lock(),
                facts.layers(),
                facts.headers(),
                facts.outerFrom(),
                facts.protectedFrom(),
                new AddressFields(
                        List.of("list@example.net"),
                        List.of("Alice <alice@example.org>, other@example.net"),
                        List.of("eve@example.net"),
                        List.of()),
                null,
                facts.findings());
        Verdict verdict = judge(beside);
        assertThat(verdict.seal()).isEqualTo(Seal.VALID);
        assertThat(verdict.findings())
                .containsExactlyInAnyOrder(Finding.SENDER_DIFFERS, Finding.REPLY_TO_DIFFERS, Finding.RESENT);
    }

    @Test
    void withoutRevocationDataItIsAWarningThatSaysSo() {
        Verdict verdict = judge(Facts.message(FROM_ALICE, Facts.signer(alice)), TrustPolicy.STRICT);
        assertThat(verdict.seal()).isEqualTo(Seal.WARNING);
        assertThat(verdict.signers().getFirst().chain().status()).isEqualTo(ChainStatus.TRUSTED);
        assertThat(verdict.signers().getFirst().chain().revocation()).isEqualTo(Revocation.NOT_CHECKED);
        assertThat(verdict.signers().getFirst().findings()).contains(Finding.REVOCATION_NOT_CHECKED);
        assertThat(verdict.texts().get("en")).contains("has not been checked");
    }

    @Test
    void aSoftPolicyLetsMissingRevocationPass() {
        TrustPolicy soft = TrustPolicy.STRICT.with(RevocationPolicy.SOFT);
        assertThat(judge(Facts.message(FROM_ALICE, Facts.signer(alice)), soft).seal())
                .isEqualTo(Seal.VALID);
    }

    @Test
    void aLeafOnlyCrlSettlesNothingAboutItsIssuer() {
        Verdict verdict = judge(Facts.message(FROM_ALICE, Facts.signer(alice)), TrustPolicy.STRICT, crl);
        assertThat(verdict.signers().getFirst().chain().revocation()).isEqualTo(Revocation.NOT_CHECKED);
        assertThat(verdict.seal()).isEqualTo(Seal.WARNING);
    }

    @Test
    void crlsInsideTheMessageCount() {
        SignerFacts signer = Facts.signer(alice, Integrity.INTACT, true, List.of(crl, rootCrl));
        assertThat(judge(Facts.message(FROM_ALICE, signer), TrustPolicy.STRICT).seal())
                .isEqualTo(Seal.VALID);
    }

    @Test
    void aRevokedCertificateBreaksTheSeal() {
        X509CRL revoking = authority.crl(List.of(alice.certificate().getSerialNumber()));
        Verdict verdict = judge(Facts.message(FROM_ALICE, Facts.signer(alice)), TrustPolicy.STRICT, revoking, rootCrl);
        assertThat(verdict.seal()).isEqualTo(Seal.BROKEN);
        assertThat(verdict.signers().getFirst().chain().status()).isEqualTo(ChainStatus.REVOKED);
        assertThat(verdict.signers().getFirst().chain().reason()).isEqualTo(Finding.CERTIFICATE_REVOKED);
        assertThat(verdict.signers().getFirst().integrity()).isEqualTo(Integrity.INTACT);
    }

    @Test
    void aRevokedIssuerBreaksTheSeal() {
        X509CRL revoking = root.crl(List.of(authority.certificate().getSerialNumber()));
        Verdict verdict = judge(Facts.message(FROM_ALICE, Facts.signer(alice)), TrustPolicy.STRICT, crl, revoking);
        assertThat(verdict.seal()).isEqualTo(Seal.BROKEN);
        assertThat(verdict.signers().getFirst().chain().reason()).isEqualTo(Finding.ISSUER_REVOKED);
    }

    @Test
    void alteredIsBrokenAndItsChainIsStillAnswered() {
        Verdict verdict = judge(Facts.message(FROM_ALICE, Facts.signer(alice, Integrity.ALTERED, true, List.of())));
        assertThat(verdict.seal()).isEqualTo(Seal.BROKEN);
        assertThat(verdict.signers().getFirst().chain().status()).isEqualTo(ChainStatus.TRUSTED);
    }

    @Test
    void aSignatureThatCoversAPartIsNoSeal() {
        Verdict verdict = judge(Facts.message(FROM_ALICE, Facts.signer(alice, Integrity.INTACT, false, List.of())));
        assertThat(verdict.seal()).isEqualTo(Seal.NONE);
        assertThat(verdict.texts().get("nl")).contains("deel");
    }

    @Test
    void nothingSignedIsNoSeal() {
        assertThat(judge(Facts.message(FROM_ALICE)).seal()).isEqualTo(Seal.NONE);
        assertThat(judge(Facts.message(FROM_ALICE, null, Lock.FAILED)).texts().get("en"))
                .contains("could not be opened");
    }

    @Test
    void unverifiableIsAWarning() {
        SignerFacts nobody = Facts.signer(null, List.of(), Integrity.UNVERIFIABLE, true, false, List.of());
        Verdict verdict = judge(Facts.message(FROM_ALICE, nobody));
        assertThat(verdict.seal()).isEqualTo(Seal.WARNING);
        assertThat(verdict.signers().getFirst().chain().status()).isEqualTo(ChainStatus.NOT_CHECKED);
        assertThat(verdict.signers().getFirst().certificate()).isNull();
    }

    @Test
    void anotherPersonsSignatureIsAWarning() {
        Verdict verdict = judge(Facts.message(FROM_ALICE, Facts.signer(mallory)));
        assertThat(verdict.seal()).isEqualTo(Seal.WARNING);
        assertThat(verdict.signers().getFirst().address()).isEqualTo(AddressMatch.MISMATCH);
        assertThat(verdict.texts().get("en")).contains("mallory@example.net").contains("alice@example.org");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "alice@example.org, bob@example.org | SEVERAL_FROM_ADDRESSES",
                "Friends: alice@example.org; | FROM_GROUP",
                "alice at example.org | FROM_UNREADABLE",
                "alice@example.org mallory@example.net | FROM_UNREADABLE",
            })
    void anUnclearSenderIsNeverValid(String from, Finding finding) {
        Verdict verdict = judge(Facts.message(List.of(from), Facts.signer(alice)));
        assertThat(verdict.seal()).isEqualTo(Seal.WARNING);
        assertThat(verdict.findings()).contains(finding);
        assertThat(verdict.signers().getFirst().address()).isEqualTo(AddressMatch.NOT_APPLICABLE);
    }

    @Test
    void refusesASecondFromHeader() {
        Verdict verdict = judge(Facts.message(List.of("alice@example.org", "alice@example.org"), Facts.signer(alice)));
        assertThat(verdict.seal()).isEqualTo(Seal.WARNING);
        assertThat(verdict.findings()).contains(Finding.SEVERAL_FROM_FIELDS);
        Verdict missing = judge(Facts.message(List.of(), Facts.signer(alice)));
        assertThat(missing.seal()).isEqualTo(Seal.WARNING);
        assertThat(missing.findings()).contains(Finding.FROM_MISSING);
    }

    @Test
    void theProtectedSenderCountsAndADifferentOuterOneIsNeverValid() {
        Verdict spoofed = judge(Facts.message(List.of("bank@example.com"), FROM_ALICE, Lock.NONE, Facts.signer(alice)));
        assertThat(spoofed.seal()).isEqualTo(Seal.WARNING);
        assertThat(spoofed.findings()).contains(Finding.OUTER_FROM_DIFFERS);
        assertThat(spoofed.signers().getFirst().address()).isEqualTo(AddressMatch.MATCH);
        Verdict same = judge(Facts.message(
                List.of("\"Other name\" <ALICE@EXAMPLE.org>"), FROM_ALICE, Lock.NONE, Facts.signer(alice)));
        assertThat(same.seal()).isEqualTo(Seal.VALID);
        Verdict two = judge(Facts.message(
                List.of("alice@example.org", "bank@example.com"), FROM_ALICE, Lock.NONE, Facts.signer(alice)));
        assertThat(two.seal()).isEqualTo(Seal.WARNING);
    }

    @ParameterizedTest
    @CsvSource({
        "alice@example.org, ALICE@EXAMPLE.ORG, true",
        "alice+list@example.org, alice@example.org, false",
        "alice@example.org, alice@sub.example.org, false",
        "alice@exämple.org, alice@xn--exmple-cua.org, true",
    })
    void comparesAddresses(String certified, String from, boolean match) {
        TestIdentity signer = certified.chars().allMatch(c -> c < 0x80)
                ? authority.issue(mail("Signer", certified))
                : authority.issue(mail("Signer").smtpUtf8(certified));
        Verdict verdict = judge(Facts.message(List.of(from), Facts.signer(signer)));
        assertThat(verdict.signers().getFirst().address())
                .isEqualTo(match ? AddressMatch.MATCH : AddressMatch.MISMATCH);
        assertThat(verdict.seal()).isEqualTo(match ? Seal.VALID : Seal.WARNING);
    }

    @Test
    void readsInternationalMailboxes() {
        TestIdentity zoe = authority.issue(mail("Zoë").smtpUtf8("zoë@example.org"));
        assertThat(judge(Facts.message(List.of("Zoë <zoë@example.org>"), Facts.signer(zoe)))
                        .seal())
                .isEqualTo(Seal.VALID);
        assertThat(judge(Facts.message(List.of("Zoë <ZOË@example.org>"), Facts.signer(zoe)))
                        .seal())
                .isEqualTo(Seal.WARNING);
    }

    @Test
    void theSubjectsAddressCountsOnlyWithoutASubjectAltName() {
        TestIdentity old = authority.issue(mail("Alice").subjectEmail("alice@example.org"));
        assertThat(judge(Facts.message(FROM_ALICE, Facts.signer(old))).seal()).isEqualTo(Seal.VALID);
        TestIdentity both = authority.issue(mail("Alice", "mallory@example.net").subjectEmail("alice@example.org"));
        assertThat(judge(Facts.message(FROM_ALICE, Facts.signer(both)))
                        .signers()
                        .getFirst()
                        .address())
                .isEqualTo(AddressMatch.MISMATCH);
        TestIdentity none = authority.issue(mail("Alice"));
        assertThat(judge(Facts.message(FROM_ALICE, Facts.signer(none)))
                        .signers()
                        .getFirst()
                        .address())
                .isEqualTo(AddressMatch.ABSENT);
    }

    @Test
    void weakAlgorithmsAreNeverValid() {
        SignerFacts sha1 =
                Facts.signer(alice.certificate(), alice.intermediates(), Integrity.INTACT, true, true, List.of());
        assertWeak(sha1);
        assertWeak(Facts.signer(
                authority.issue(Spec.mail("Alice", "alice@example.org").key(KeyKind.RSA_1024))));
        assertWeak(
                Facts.signer(authority.issue(mail("Alice", "alice@example.org").signature("SHA1withECDSA"))));
    }

    private static void assertWeak(SignerFacts signer) {
        Verdict verdict = judge(Facts.message(FROM_ALICE, signer));
        assertThat(verdict.signers().getFirst().algorithms()).isEqualTo(Strength.WEAK);
        assertThat(verdict.signers().getFirst().chain().status()).isEqualTo(ChainStatus.TRUSTED);
        assertThat(verdict.seal()).isEqualTo(Seal.WARNING);
        assertThat(verdict.texts().get("en")).contains("no longer safe");
    }

    @Test
    void severalSignersGiveTheBestOfThoseThatMatch() {
        assertThat(judge(Facts.message(FROM_ALICE, Facts.signer(mallory), Facts.signer(alice)))
                        .seal())
                .isEqualTo(Seal.VALID);
        SignerFacts altered = Facts.signer(mallory, Integrity.ALTERED, true, List.of());
        assertThat(judge(Facts.message(FROM_ALICE, altered, Facts.signer(alice)))
                        .seal())
                .isEqualTo(Seal.WARNING);
        SignerFacts ownAltered = Facts.signer(alice, Integrity.ALTERED, true, List.of());
        assertThat(judge(Facts.message(FROM_ALICE, ownAltered, Facts.signer(mallory)))
                        .seal())
                .isEqualTo(Seal.BROKEN);
    }

    @Test
    void judgesAtTheCallersMomentButNeverAtTheClaimedOne() {
        TestIdentity brief = authority.issue(mail("Alice", "alice@example.org")
                .validity(Instant.parse("2022-01-01T00:00:00Z"), Instant.parse("2023-01-01T00:00:00Z")));
        SignerFacts facts = Facts.signer(brief);
        SignerFacts claiming = new SignerFacts(
                facts.integrity(),
                facts.certificate(),
                facts.fitting(),
                facts.certificates(),
                facts.crls(),
                facts.ocspResponses(),
                "SHA-256",
                "SHA256withRSA",
                false,
                Instant.parse("2022-06-01T00:00:00Z"),
                List.of(),
                new byte[0],
                true,
                List.of(),
                null,
                List.of());
        Verdict now = judge(Facts.message(FROM_ALICE, claiming));
        assertThat(now.seal()).isEqualTo(Seal.WARNING);
        assertThat(now.signers().getFirst().chain().status()).isEqualTo(ChainStatus.EXPIRED);
        assertThat(now.signers().getFirst().time().claimed()).isEqualTo("2022-06-01T00:00:00Z");
        Instant then = Instant.parse("2022-06-01T00:00:00Z");
        Trust trust = new Trust(List::of, Clock.fixed(NOW, ZoneOffset.UTC), TrustPolicy.STRICT);
        List<X509Certificate> anchors = List.of(root.certificate());
        Verdict asked = trust.judge(
                Facts.message(FROM_ALICE, claiming),
                new TrustOptions(anchors, List.of(), List.of(crl, rootCrl), then, true));
        assertThat(asked.seal()).isEqualTo(Seal.VALID);
        assertThat(asked.signers().getFirst().time().basis()).isEqualTo(TimeBasis.CALLER);
    }

    @Test
    void namesInTextsAreMadeHarmless() {
        TestIdentity odd =
                authority.issue(Spec.mail("Bob\u202egro.knab\u0007 {0} ''").key(KeyKind.P256));
        Verdict verdict = judge(Facts.message(FROM_ALICE, Facts.signer(odd)));
        assertThat(verdict.signers().getFirst().certificate().subject()).doesNotContain("\u202e", "\u0007");
        verdict.texts().values().forEach(text -> assertThat(text).doesNotContain("\u202e", "\u0007"));
    }

    @Test
    void everySentenceExistsInEveryLanguage() {
        for (String language : List.of("en", "nl")) {
            var bundle = java.util.ResourceBundle.getBundle(
                    "org.zegel.trust.verdict", java.util.Locale.forLanguageTag(language));
            assertThat(bundle.keySet()).contains("valid", "lock-weak-unsigned", "lock-closed-part-signed");
            assertThat(bundle.keySet())
                    .isEqualTo(java.util.ResourceBundle.getBundle("org.zegel.trust.verdict", java.util.Locale.ENGLISH)
                            .keySet());
            bundle.keySet().forEach(key -> assertThat(bundle.getString(key)).isNotBlank());
        }
    }

    @Test
    void aSerialOfAnotherIssuerIsNotRevoked() {
        X509CRL other =
                TestAuthority.root("Other").crl(List.of(alice.certificate().getSerialNumber()));
        X509CRL forged = TestAuthority.root(Spec.authority("CA").key(KeyKind.P256))
                .crl(List.of(alice.certificate().getSerialNumber(), BigInteger.ONE));
        Verdict verdict =
                judge(Facts.message(FROM_ALICE, Facts.signer(alice)), TrustPolicy.STRICT, other, forged, crl, rootCrl);
        assertThat(verdict.seal()).isEqualTo(Seal.VALID);
    }
}
