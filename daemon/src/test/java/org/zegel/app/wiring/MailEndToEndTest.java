package org.zegel.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.consent.Answer;
import org.zegel.consent.Question;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Finding;
import org.zegel.model.Scope;
import org.zegel.model.Verdict;
import org.zegel.protocol.CertificateRequest;
import org.zegel.protocol.CertificateResult;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
import org.zegel.trust.TrustOptions;

class MailEndToEndTest {
    private static final TestAuthority ROOT = TestAuthority.root("Test root");
    private static final TestAuthority CA = ROOT.subordinate("Test CA");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));
    private static final TestIdentity BOB = CA.issue(Spec.mail("Bob", "bob@example.org"));
    private static final TestIdentity CAROL = CA.issue(Spec.mail("Carol", "carol@example.org"));
    private static final String MAIL = TestZegel.message("Alice <alice@example.org>", "bob@example.org", "");

    @TempDir
    Path home;

    private TestZegel zegel;

    @BeforeEach
    void open() throws Exception {
        zegel = new TestZegel(home, TrustOptions.DEFAULT, ALICE, BOB);
        zegel.call(new CertificateRequest.AddTrust(ContentRef.ofText(TestIdentity.pem(ROOT.certificate())), null));
        zegel.prompter.questions.clear();
    }

    @AfterEach
    void close() {
        zegel.close();
    }

    @Test
    void aSignedMessageIsAWarningWhileRevocationIsNotChecked() throws Exception {
        Verdict verdict = zegel.open(zegel.sign(MAIL)).verdict();

        assertThat(verdict.seal()).isEqualTo(Verdict.Seal.WARNING);
        assertThat(verdict.lock()).isEqualTo(Verdict.Lock.NONE);
        Verdict.Signer signer = verdict.signers().getFirst();
        assertThat(signer.integrity()).isEqualTo(Verdict.Integrity.INTACT);
        assertThat(signer.chain().status()).isEqualTo(Verdict.ChainStatus.TRUSTED);
        assertThat(signer.chain().revocation()).isEqualTo(Verdict.Revocation.NOT_CHECKED);
        assertThat(signer.address()).isEqualTo(Verdict.AddressMatch.MATCH);
    }

    @Test
    void aRevocationListMakesItValid(@TempDir Path other) throws Exception {
        TrustOptions trust = new TrustOptions(
                List.of(ROOT.certificate()), List.of(), List.of(ROOT.crl(List.of()), CA.crl(List.of())), null, true);
        try (TestZegel checked = new TestZegel(other, trust)) {
            assertThat(checked.open(zegel.sign(MAIL)).verdict().seal()).isEqualTo(Verdict.Seal.VALID);
        }
    }

    /** A list that writes itself into From: only a trusted signature shows who wrote the message (RFC 9788 section 4.4). */
    @Test
    void theProtectedSenderIsShownForATrustedSignatureAlone(@TempDir Path other) throws Exception {
        String changed = zegel.sign(MAIL).replaceFirst("From: [^\r]*", "From: list@example.net");

        MessageResult.Opened trusted = zegel.open(changed);
        assertThat(trusted.verdict().seal()).isEqualTo(Verdict.Seal.WARNING);
        assertThat(trusted.verdict().findings()).contains(Finding.OUTER_FROM_DIFFERS);
        assertThat(zegel.text(Objects.requireNonNull(trusted.content())))
                .contains("alice@example.org")
                .doesNotContain("list@example.net");
        TrustOptions none = new TrustOptions(List.of(), List.of(), List.of(), null, true);
        try (TestZegel stranger = new TestZegel(other, none)) {
            MessageResult.Opened opened = stranger.open(changed);
            assertThat(stranger.text(Objects.requireNonNull(opened.content())))
                    .contains("From: list@example.net")
                    .doesNotContain("alice@example.org");
        }
    }

    @Test
    void theSubjectIsHiddenOutsideAndComesBack() throws Exception {
        zegel.know(BOB);
        String encrypted = zegel.text(zegel.encrypt(MAIL).messages().getFirst().message());

        assertThat(encrypted).contains("Subject: [...]\r\n").doesNotContain("Lunch");
        MessageResult.Opened opened = zegel.open(encrypted);
        assertThat(zegel.text(Objects.requireNonNull(opened.content()))).isEqualTo(MAIL);
        assertThat(opened.verdict().headers().scheme()).isEqualTo(Verdict.HeaderScheme.RFC9788);
    }

    @Test
    void theSubjectOfWhatIsSignedAlreadyIsNeitherHiddenNorLost() throws Exception {
        zegel.know(BOB);
        for (boolean again : List.of(false, true)) {
            MessageRequest.Encrypt plain = MessageRequest.Encrypt.of(ContentRef.ofText(zegel.sign(MAIL)));
            MessageResult.Messages made = (MessageResult.Messages) zegel.call(again ? plain.signed() : plain);
            String encrypted = zegel.text(made.messages().getFirst().message());

            assertThat(made.findings()).containsExactly(Finding.HEADER_NOT_HIDDEN);
            assertThat(encrypted).contains("Subject: Lunch\r\n");
            assertThat(zegel.text(Objects.requireNonNull(zegel.open(encrypted).content())))
                    .isEqualTo(MAIL);
        }
    }

    @Test
    void anAlteredMessageIsBroken() throws Exception {
        String altered = zegel.sign(MAIL).replace("Shall we?", "Shall he?");

        assertThat(zegel.open(altered).verdict().seal()).isEqualTo(Verdict.Seal.BROKEN);
    }

    @Test
    void thePersonIsShownSubjectAndRecipients() throws Exception {
        zegel.sign(MAIL);

        List<Question.KeyUse> asked = zegel.prompter.asked(Question.KeyUse.class);
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().subject()).isEqualTo("Lunch");
        assertThat(asked.getFirst().recipients()).containsExactly("bob@example.org");
        assertThat(asked.getFirst().purpose()).isEqualTo(Question.Purpose.SIGN);
    }

    @Test
    void aNoIsANoAndIsAudited() throws Exception {
        zegel.prompter.decision = Answer.Decision.DENY;

        assertFails(ErrorCode.CONSENT_DENIED, () -> zegel.sign(MAIL));

        SessionResult.AuditEntry newest = audit().getFirst();
        assertThat(newest.operation()).isEqualTo("message.sign");
        assertThat(newest.outcome()).isEqualTo("consent-denied");
    }

    @Test
    void everyKeyUseIsOneLineOfTheAuditLog() throws Exception {
        zegel.know(BOB);
        String encrypted = zegel.text(zegel.encrypt(MAIL).messages().getFirst().message());
        int before = audit().size();

        zegel.open(encrypted);

        List<SessionResult.AuditEntry> entries = audit();
        assertThat(entries).hasSize(before + 1);
        assertThat(entries.getFirst().operation()).isEqualTo("message.open");
        assertThat(entries.getFirst().outcome()).isEqualTo("done");
        assertThat(((SessionResult.AuditCheck) zegel.call(new SessionRequest.VerifyAudit())).whole())
                .isTrue();
    }

    @Test
    void whatIsEncryptedOpensAgain() throws Exception {
        zegel.know(BOB);
        MessageResult.Messages encrypted = zegel.encrypt(MAIL);
        assertThat(encrypted.messages()).hasSize(1);
        assertThat(encrypted.findings()).isEmpty();

        MessageResult.Opened opened =
                zegel.open(zegel.text(encrypted.messages().getFirst().message()));

        assertThat(opened.verdict().lock()).isIn(Verdict.Lock.CLOSED, Verdict.Lock.WEAK);
        assertThat(opened.verdict().decryptedWith()).isNotNull();
        assertThat(zegel.text(Objects.requireNonNull(opened.content()))).contains("Shall we?");
    }

    @Test
    void recipientAndSenderCanBothReadIt(@TempDir Path other) throws Exception {
        zegel.know(BOB);
        String encrypted = zegel.text(zegel.encrypt(MAIL).messages().getFirst().message());

        for (TestIdentity reader : List.of(ALICE, BOB)) {
            try (TestZegel theirs = new TestZegel(
                    other.resolve(reader.certificate().getSerialNumber().toString()), TrustOptions.DEFAULT, reader)) {
                assertThat(theirs.open(encrypted).content()).isNotNull();
            }
        }
        try (TestZegel stranger = new TestZegel(other.resolve("stranger"), TrustOptions.DEFAULT, CAROL)) {
            MessageResult.Opened opened = stranger.open(encrypted);
            assertThat(opened.content()).isNull();
            assertThat(opened.verdict().lock()).isEqualTo(Verdict.Lock.FAILED);
        }
    }

    @Test
    void signedAndEncryptedIsBothAfterOpening() throws Exception {
        zegel.know(BOB);
        MessageResult.Messages encrypted = (MessageResult.Messages)
                zegel.call(MessageRequest.Encrypt.of(ContentRef.ofText(MAIL)).signed());

        MessageResult.Opened opened =
                zegel.open(zegel.text(encrypted.messages().getFirst().message()));

        assertThat(opened.verdict().seal()).isEqualTo(Verdict.Seal.WARNING);
        assertThat(opened.verdict().lock()).isEqualTo(Verdict.Lock.CLOSED);
    }

    @Test
    void eachBccRecipientGetsAMessageAlone(@TempDir Path other) throws Exception {
        zegel.know(BOB, CAROL);
        String mail = TestZegel.message(
                "alice@example.org", "bob@example.org, BOB@example.org", "Bcc: carol@example.org\r\n");

        List<MessageResult.Addressed> messages = zegel.encrypt(mail).messages();

        assertThat(messages.stream().map(MessageResult.Addressed::recipients))
                .containsExactly(List.of("bob@example.org"), List.of("carol@example.org"));
        for (MessageResult.Addressed one : messages) {
            assertThat(zegel.text(one.message()).lines())
                    .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("bcc"));
            MessageResult.Opened opened = zegel.open(zegel.text(one.message()));
            assertThat(zegel.text(Objects.requireNonNull(opened.content()))).doesNotContainIgnoringCase("bcc");
        }
        try (TestZegel carol = new TestZegel(other, TrustOptions.DEFAULT, CAROL)) {
            assertThat(carol.open(zegel.text(messages.get(0).message())).content())
                    .isNull();
            assertThat(carol.open(zegel.text(messages.get(1).message())).content())
                    .isNotNull();
        }
    }

    @Test
    void eachAddressWithoutACertificateIsNamedWithTheReason() throws Exception {
        zegel.know(BOB);
        String mail = TestZegel.message("alice@example.org", "bob@example.org, dave@example.org", "");

        RequestError error = assertFails(ErrorCode.NO_RECIPIENT_CERTIFICATE, () -> zegel.encrypt(mail));

        assertThat(error.getMessage()).contains("dave@example.org").doesNotContain("bob@example.org");
        assertThat(error.data().get("recipients").toString()).contains("dave@example.org", "reason");
    }

    @Test
    void nobodyIsAskedToSignWhatCannotBeEncrypted(@TempDir Path other) throws Exception {
        zegel.know(BOB);
        zegel.prompter.questions.clear();
        String toDave = TestZegel.message("alice@example.org", "bob@example.org, dave@example.org", "");
        assertFails(ErrorCode.NO_RECIPIENT_CERTIFICATE, () -> signAndEncrypt(zegel, toDave));
        assertThat(zegel.prompter.questions).isEmpty();

        TestIdentity signsOnly = CA.issue(Spec.mail("Erin", "erin@example.org").keyUsage(KeyUsage.digitalSignature));
        try (TestZegel erin = new TestZegel(other, TrustOptions.DEFAULT, signsOnly)) {
            erin.know(BOB);
            erin.prompter.questions.clear();
            String mail = TestZegel.message("erin@example.org", "bob@example.org", "");
            RequestError error = assertFails(ErrorCode.NO_RECIPIENT_CERTIFICATE, () -> signAndEncrypt(erin, mail));
            assertThat(error.data().get("recipients").toString()).contains("erin@example.org");
            assertThat(erin.prompter.questions).isEmpty();
        }
    }

    private static MessageResult signAndEncrypt(TestZegel zegel, String mail) throws RequestError {
        return (MessageResult)
                zegel.call(MessageRequest.Encrypt.of(ContentRef.ofText(mail)).signed());
    }

    @Test
    void aSenderWhoCouldNotReadItIsRefusedUnlessCertificatesAreNamed() throws Exception {
        zegel.know(BOB);
        String mail = TestZegel.message("dave@example.org", "bob@example.org", "");

        RequestError error = assertFails(ErrorCode.NO_RECIPIENT_CERTIFICATE, () -> zegel.encrypt(mail));
        MessageResult.Messages named =
                (MessageResult.Messages) zegel.call(MessageRequest.Encrypt.of(ContentRef.ofText(mail))
                        .to(List.of(ContentRef.ofText(TestIdentity.pem(BOB.certificate())))));

        assertThat(error.getMessage()).contains("dave@example.org");
        assertThat(named.findings()).containsExactly(Finding.SENDER_CANNOT_READ);
        assertThat(named.messages().getFirst().recipients()).containsExactly("bob@example.org");
    }

    @Test
    void aSignedMessageTeachesCertificateAndCapabilities(@TempDir Path other) throws Exception {
        String fromCarol;
        try (TestZegel carol = new TestZegel(other, TrustOptions.DEFAULT, CAROL)) {
            fromCarol = carol.sign(TestZegel.message("carol@example.org", "alice@example.org", ""));
        }
        String toCarol = TestZegel.message("alice@example.org", "carol@example.org", "");
        assertFails(ErrorCode.NO_RECIPIENT_CERTIFICATE, () -> zegel.encrypt(toCarol));

        zegel.open(fromCarol);

        assertThat(zegel.encrypt(toCarol).cipher()).isEqualTo("aes256-gcm");
    }

    @Test
    void issuersOfEarlierMailAreRemembered(@TempDir Path whole, @TempDir Path bare) throws Exception {
        String message = TestZegel.message("carol@example.org", "alice@example.org", "");
        TestIdentity hers = ROOT.subordinate("Another CA").issue(Spec.mail("Carol", "carol@example.org"));
        String withIssuers;
        try (TestZegel carol = new TestZegel(whole, TrustOptions.DEFAULT, hers)) {
            withIssuers = carol.sign(message);
        }
        String without;
        TestIdentity alone = new TestIdentity(hers.certificate(), hers.privateKey(), List.of());
        try (TestZegel carol = new TestZegel(bare, TrustOptions.DEFAULT, alone)) {
            without = carol.sign(message);
        }

        assertThat(chain(without).reason()).isEqualTo(Finding.ISSUER_UNKNOWN);
        assertThat(chain(withIssuers).status()).isEqualTo(Verdict.ChainStatus.TRUSTED);
        assertThat(chain(without).status()).isEqualTo(Verdict.ChainStatus.TRUSTED);
    }

    private Verdict.Chain chain(String message) throws Exception {
        return zegel.open(message).verdict().signers().getFirst().chain();
    }

    @Test
    void anUntrustedMessageTeachesNothing(@TempDir Path other) throws Exception {
        TestIdentity mallory = TestAuthority.root("Other root").issue(Spec.mail("Mallory", "carol@example.org"));
        String forged;
        try (TestZegel theirs = new TestZegel(other, TrustOptions.DEFAULT, mallory)) {
            forged = theirs.sign(TestZegel.message("carol@example.org", "alice@example.org", ""));
        }

        zegel.open(forged);

        CertificateResult.Certificates known = (CertificateResult.Certificates)
                zegel.call(new CertificateRequest.ListCertificates("carol@example.org"));
        assertThat(known.certificates()).isEmpty();
    }

    @Test
    void anImportedCertificateIsUsedOnceItsIssuerIsKnown() throws Exception {
        String toCarol = TestZegel.message("alice@example.org", "carol@example.org", "");
        zegel.call(new CertificateRequest.Import(ContentRef.ofText(TestIdentity.pem(CAROL.certificate())), false));
        RequestError alone = assertFails(ErrorCode.NO_RECIPIENT_CERTIFICATE, () -> zegel.encrypt(toCarol));

        zegel.call(new CertificateRequest.Import(
                ContentRef.ofText(TestIdentity.pem(List.of(CAROL.certificate(), CA.certificate()))), null));

        assertThat(alone.getMessage()).contains("not-trusted");
        assertThat(zegel.encrypt(toCarol).messages()).hasSize(1);
    }

    @Test
    void whoNeverShowedWhatTheyReadGetsCbc() throws Exception {
        zegel.know(CAROL);

        assertThat(zegel.encrypt(TestZegel.message("alice@example.org", "carol@example.org", ""))
                        .cipher())
                .isEqualTo("aes256-cbc");
    }

    @Test
    void scopesAreWhatTheGrantSays() throws Exception {
        var verifier = zegel.pair(List.of(Scope.VERIFY));

        RequestError error = assertFails(ErrorCode.SCOPE_MISSING, () -> TestZegel.sign(MAIL, verifier));

        assertThat(error.data()).containsEntry("missing", List.of("sign"));
    }

    private List<SessionResult.AuditEntry> audit() throws RequestError {
        return ((SessionResult.Audit) zegel.call(new SessionRequest.ListAudit(null))).entries();
    }

    private static RequestError assertFails(ErrorCode code, ThrowingCallable call) {
        RequestError[] caught = new RequestError[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(RequestError.class, error -> {
            assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
            caught[0] = error;
        });
        return caught[0];
    }
}
