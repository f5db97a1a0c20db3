package org.zegel.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.KeyTransRecipientId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.consent.Choice;
import org.zegel.consent.ChoiceQuestion;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Fingerprint;
import org.zegel.operation.RecipientCertificates;
import org.zegel.protocol.CertificateRequest;
import org.zegel.protocol.CertificateResult;
import org.zegel.protocol.CmsRequest;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
import org.zegel.trust.TrustOptions;

/** When the person is asked which certificate a recipient's mail is encrypted to. */
class RecipientChoiceTest {
    private static final TestAuthority WORK = TestAuthority.root("Work root");
    private static final TestAuthority HOME = TestAuthority.root("Home root");
    private static final TestIdentity ALICE = WORK.issue(Spec.mail("Alice", "alice@example.org"));
    private static final TestIdentity OLDER = WORK.issue(bob(2021));
    private static final TestIdentity NEWER = HOME.issue(bob(2023));
    private static final String MAIL = TestZegel.message("alice@example.org", "bob@example.org", "");

    @TempDir
    Path home;

    private TestZegel zegel;

    @BeforeEach
    void open() throws Exception {
        zegel = new TestZegel(home, TrustOptions.DEFAULT, ALICE);
        for (TestAuthority authority : List.of(WORK, HOME)) {
            zegel.call(new CertificateRequest.AddTrust(
                    ContentRef.ofText(TestIdentity.pem(authority.certificate())), null));
        }
    }

    @AfterEach
    void close() {
        zegel.close();
    }

    @Test
    void thePersonChoosesAndIsAskedAgainUnlessItIsKept() throws Exception {
        found(OLDER, NEWER);
        zegel.prompter.choice = new Choice(1, false);
        assertThat(isFor(OLDER, encrypted())).isTrue();
        zegel.prompter.choice = new Choice(1, true);
        assertThat(isFor(OLDER, encrypted())).isTrue();
        assertThat(isFor(OLDER, encrypted())).isTrue();
        List<SessionResult.AuditEntry> lines =
                ((SessionResult.Audit) zegel.call(new SessionRequest.ListAudit(null))).entries();
        assertThat(lines)
                .filteredOn(line -> line.operation().equals("recipient.prefer"))
                .extracting(SessionResult.AuditEntry::certificate)
                .containsExactly(fingerprint(OLDER));

        assertThat(zegel.prompter.choices).hasSize(2).allSatisfy(question -> {
            ChoiceQuestion.ChooseCertificate asked = (ChoiceQuestion.ChooseCertificate) question;
            assertThat(asked.address()).isEqualTo("bob@example.org");
            assertThat(asked.certificates()).containsExactly(NEWER.certificate(), OLDER.certificate());
        });
    }

    @Test
    void resolvingNeverAsksButKnowsWhatWasChosen() throws Exception {
        found(OLDER, NEWER);
        assertThat(resolved()).isEqualTo(fingerprint(NEWER));
        assertThat(zegel.prompter.choices).isEmpty();
        zegel.prompter.choice = new Choice(1, true);
        zegel.encrypt(MAIL);
        assertThat(resolved()).isEqualTo(fingerprint(OLDER));
        assertThat(zegel.prompter.choices).hasSize(1);
    }

    @Test
    void aRenewalInheritsTheChoiceAndWhatIsNotTrustedDoesNot() throws Exception {
        found(OLDER, NEWER);
        zegel.prompter.choice = new Choice(1, true);
        zegel.encrypt(MAIL);
        zegel.prompter.choices.clear();
        TestIdentity renewed = WORK.issue(bob(2024));
        found(renewed, TestAuthority.root("Work root").issue(bob(2025)), HOME.issue(bob(2025)));
        assertThat(isFor(renewed, encrypted())).isTrue();
        assertThat(resolved()).isEqualTo(fingerprint(renewed));
        assertThat(zegel.prompter.choices).isEmpty();
    }

    @Test
    void aKeptChoiceIsListedAndForgotten() throws Exception {
        found(OLDER, NEWER);
        CertificateRequest forget = new CertificateRequest.ForgetChoice("Bob@Example.org");
        assertFails(ErrorCode.CERTIFICATE_NOT_FOUND, forget);
        zegel.prompter.choice = new Choice(1, true);
        zegel.encrypt(MAIL);
        assertThat(kept()).containsExactly(new CertificateResult.ChoiceEntry("bob@example.org", fingerprint(OLDER)));

        zegel.call(forget);
        assertThat(kept()).isEmpty();
        zegel.encrypt(MAIL);
        assertThat(zegel.prompter.choices).as("asked again").hasSize(2);
    }

    @Test
    void whereNobodyCanBeAskedTheNewestIsTaken() throws Exception {
        found(OLDER, NEWER);
        assertThat(isFor(NEWER, encrypted())).isTrue();
        assertThat(isFor(OLDER, encrypted())).isFalse();
    }

    @Test
    void whoChoosesNoneEndsTheCall() throws Exception {
        found(OLDER, NEWER);
        zegel.prompter.choosesNone = true;
        assertThatThrownBy(() -> zegel.encrypt(MAIL))
                .isInstanceOfSatisfying(
                        RequestError.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.CONSENT_DENIED));
    }

    @Test
    void aSuccessorIsNoChoice() throws Exception {
        TestIdentity renewed = WORK.issue(bob(2024));
        found(OLDER, renewed);
        assertThat(isFor(renewed, encrypted())).isTrue();
        assertThat(zegel.prompter.choices).isEmpty();
    }

    @Test
    void aSharedKeyIsNoChoice() throws Exception {
        KeyPair pair = new KeyPair(OLDER.certificate().getPublicKey(), OLDER.privateKey());
        TestIdentity same = HOME.issue(bob(2022).keyPair(pair));
        found(OLDER, same);
        assertThat(isFor(same, encrypted())).isTrue();
        assertThat(zegel.prompter.choices).isEmpty();
    }

    @Test
    void whatIsNotTrustedIsNotOffered() throws Exception {
        found(OLDER, TestAuthority.root("Nobody's root").issue(bob(2024)));
        assertThat(isFor(OLDER, encrypted())).isTrue();
        assertThat(zegel.prompter.choices).isEmpty();
    }

    @Test
    void aPinnedCertificateSettlesIt() throws Exception {
        found(OLDER, NEWER);
        zegel.know(OLDER);
        assertThat(isFor(OLDER, encrypted())).isTrue();
        assertThat(zegel.prompter.choices).isEmpty();
    }

    @Test
    void ourOwnCertificateSettlesIt() throws Exception {
        found(OLDER, NEWER);
        zegel.add(OLDER);
        assertThat(isFor(OLDER, encrypted())).isTrue();
        assertThat(zegel.prompter.choices).isEmpty();
    }

    @Test
    void aCertificateThatTheClientNamesSettlesIt() throws Exception {
        found(OLDER, NEWER);
        ContentRef named = ContentRef.ofText(TestIdentity.pem(OLDER.certificate()));
        MessageResult.Messages made = (MessageResult.Messages)
                zegel.call(MessageRequest.Encrypt.of(ContentRef.ofText(MAIL)).to(List.of(named)));
        assertThat(isFor(OLDER, body(made))).isTrue();
        assertThat(zegel.prompter.choices).isEmpty();
    }

    @Test
    void bytesAreEncryptedToTheOneThatIsChosen() throws Exception {
        found(OLDER, NEWER);
        zegel.prompter.choice = new Choice(1, false);
        MessageResult.Cms made = (MessageResult.Cms) zegel.call(
                new CmsRequest.Encrypt(ContentRef.ofText("bytes"), List.of("bob@example.org"), null, null, null, null));
        assertThat(isFor(OLDER, zegel.text(made.cms()).getBytes(StandardCharsets.ISO_8859_1)))
                .isTrue();
        assertThat(zegel.prompter.choices).hasSize(1);
    }

    @Test
    void nobodyIsAskedWhileSomebodyIsWithoutACertificate() throws Exception {
        found(OLDER, NEWER);
        String mail = TestZegel.message("alice@example.org", "bob@example.org, nobody@example.org", "");
        assertThatThrownBy(() -> zegel.encrypt(mail))
                .isInstanceOfSatisfying(
                        RequestError.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.NO_RECIPIENT_CERTIFICATE));
        assertThat(zegel.prompter.choices).isEmpty();
    }

    @Test
    void aCallAsksAboutSoManyAddressesAndNoMore() throws Exception {
        List<String> addresses = IntStream.range(0, RecipientCertificates.MAX_ASKED + 2)
                .mapToObj(i -> "person" + i + "@example.org")
                .toList();
        for (String address : addresses) {
            Spec spec = Spec.mail("Person", address).key(KeyKind.P256);
            found(WORK.issue(spec), HOME.issue(spec));
        }
        String mail = TestZegel.message("alice@example.org", String.join(", ", addresses), "");
        zegel.encrypt(mail);
        assertThat(zegel.prompter.choices)
                .as("where nobody can be asked, one try is enough")
                .hasSize(1);

        zegel.prompter.choices.clear();
        zegel.prompter.choice = new Choice(0, false);
        zegel.encrypt(mail);
        assertThat(zegel.prompter.choices)
                .extracting(ChoiceQuestion::address)
                .containsExactlyElementsOf(addresses.subList(0, RecipientCertificates.MAX_ASKED));
    }

    private static Spec bob(int year) {
        return Spec.mail("Bob", "bob@example.org").validity(Instant.parse(year + "-01-01T00:00:00Z"), Spec.NOT_AFTER);
    }

    /** Known without anybody vouching for them. */
    private void found(TestIdentity... people) throws RequestError {
        for (TestIdentity person : people) {
            zegel.call(new CertificateRequest.Import(ContentRef.ofText(TestIdentity.pem(person.certificate())), false));
        }
    }

    private List<CertificateResult.ChoiceEntry> kept() throws RequestError {
        return ((CertificateResult.Choices) zegel.call(new CertificateRequest.ListChoices())).choices();
    }

    private void assertFails(ErrorCode code, CertificateRequest request) {
        assertThatThrownBy(() -> zegel.call(request))
                .isInstanceOfSatisfying(
                        RequestError.class, error -> assertThat(error.code()).isEqualTo(code));
    }

    private String resolved() throws RequestError {
        CertificateResult.Recipients answer =
                (CertificateResult.Recipients) zegel.call(new CertificateRequest.Resolve(List.of("bob@example.org")));
        return answer.recipients().getFirst().certificate().sha256();
    }

    private static String fingerprint(TestIdentity identity) {
        return Fingerprint.sha256(identity.certificate());
    }

    private byte[] encrypted() throws Exception {
        return body((MessageResult.Messages)
                zegel.call(MessageRequest.Encrypt.of(ContentRef.ofText(MAIL)).cipher("aes256-cbc")));
    }

    private byte[] body(MessageResult.Messages made) throws Exception {
        String text = zegel.text(made.messages().getFirst().message());
        return Base64.getMimeDecoder().decode(text.substring(text.indexOf("\r\n\r\n") + 4));
    }

    private static boolean isFor(TestIdentity identity, byte[] cms) throws Exception {
        return new CMSEnvelopedData(cms)
                .getRecipientInfos().getRecipients().stream()
                        .map(one -> (KeyTransRecipientId) one.getRID())
                        .anyMatch(id -> isOf(identity.certificate(), id));
    }

    private static boolean isOf(X509Certificate certificate, KeyTransRecipientId id) {
        return id.getSerialNumber().equals(certificate.getSerialNumber())
                && id.getIssuer()
                        .equals(X500Name.getInstance(
                                certificate.getIssuerX500Principal().getEncoded()));
    }
}
