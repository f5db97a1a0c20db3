package org.zegel.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.config.Home;
import org.zegel.app.config.Settings;
import org.zegel.consent.Answer;
import org.zegel.consent.Question;
import org.zegel.dispatch.Session;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Finding;
import org.zegel.model.Progress;
import org.zegel.model.Scope;
import org.zegel.model.Verdict;
import org.zegel.protocol.CertificateRequest;
import org.zegel.protocol.CertificateResult;
import org.zegel.protocol.CmsRequest;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.ContentRequest;
import org.zegel.protocol.ContentResult;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
import org.zegel.protocol.StoreRequest;
import org.zegel.protocol.StoreResult;
import org.zegel.trust.TrustOptions;

class SessionTest {
    private static final TestAuthority CA = TestAuthority.root("Session root");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));
    private static final String MAIL = TestZegel.message("alice@example.org", "alice@example.org", "");

    @TempDir
    Path home;

    private TestZegel zegel;

    @BeforeEach
    void open() throws Exception {
        zegel = new TestZegel(home, TrustOptions.DEFAULT, ALICE);
    }

    @AfterEach
    void close() {
        zegel.close();
    }

    @Test
    void strangersGetAGreetingAndNothingElse() throws Exception {
        try (Session stranger = stranger()) {
            SessionResult.Hello hello =
                    (SessionResult.Hello) call(stranger, new SessionRequest.Hello(null, null, null, null));

            assertThat(hello.paired()).isFalse();
            assertThat(hello.version()).isNull();
            assertFails(ErrorCode.NOT_PAIRED, () -> call(stranger, new StoreRequest.ListIdentities(null)));
            assertFails(ErrorCode.NOT_PAIRED, () -> call(stranger, new ContentRequest.Create()));
            assertFails(
                    ErrorCode.NOT_PAIRED, () -> call(stranger, new SessionRequest.Hello(null, "no-token", null, null)));
        }
    }

    @Test
    void pairedClientsKnowThemselvesUntilTheyAreRevoked() throws Exception {
        Session client = zegel.pair(List.of(Scope.VERIFY));
        SessionResult.ClientInfo self = (SessionResult.ClientInfo) call(client, new SessionRequest.Self());
        assertThat(self.name()).isEqualTo("Test client");
        assertThat(self.scopes()).containsExactly("verify");

        zegel.call(new SessionRequest.Revoke(self.client()));

        assertThat(client.client()).isEmpty();
        assertFails(ErrorCode.NOT_PAIRED, () -> call(client, new SessionRequest.Self()));
    }

    @Test
    void halfAPairingIsRefusedWithWords() throws Exception {
        try (Session stranger = stranger()) {
            assertFails(
                    ErrorCode.INVALID_PARAMETERS,
                    () -> call(stranger, new SessionRequest.Pair("x", List.of("verify"), null, null, null)));
            assertFails(
                    ErrorCode.INVALID_PARAMETERS,
                    () -> call(stranger, new SessionRequest.Pair(null, null, null, "x", null)));
        }
    }

    @Test
    void oneClientsContentsAreNothingToAnother() throws Exception {
        Session one = zegel.pair(List.of(Scope.VERIFY));
        Session other = zegel.pair(List.of(Scope.VERIFY));
        String handle = ((ContentResult.Created) call(one, new ContentRequest.Create())).content();
        call(one, new ContentRequest.Append(handle, new byte[] {1, 2, 3}));

        assertFails(ErrorCode.CONTENT_NOT_FOUND, () -> call(other, new ContentRequest.Read(handle, 0, null)));
        ContentResult.Chunk chunk = (ContentResult.Chunk) call(one, new ContentRequest.Read(handle, 1, 1));
        assertThat(chunk.base64()).containsExactly(2);
        assertThat(chunk.end()).isFalse();
    }

    @Test
    void readingOutsideAContentIsRefused() throws Exception {
        String handle = ((ContentResult.Created) zegel.call(new ContentRequest.Create())).content();
        zegel.call(new ContentRequest.Append(handle, new byte[] {1, 2, 3}));

        assertFails(ErrorCode.INVALID_PARAMETERS, () -> zegel.call(new ContentRequest.Read(handle, 4, null)));
        assertFails(ErrorCode.INVALID_PARAMETERS, () -> zegel.call(new ContentRequest.Read(handle, -1, null)));
        assertFails(ErrorCode.INVALID_PARAMETERS, () -> zegel.call(new ContentRequest.Read(handle, 0, 0)));
        assertFails(
                ErrorCode.INVALID_PARAMETERS,
                () -> zegel.call(new ContentRequest.Read(handle, 0, ContentRef.MAX_INLINE + 1)));
        assertThat(((ContentResult.Chunk) zegel.call(new ContentRequest.Read(handle, 3, null))).end())
                .isTrue();
    }

    @Test
    void withoutTheDecryptScopeALockStaysFailedAndSaysWhy() throws Exception {
        String encrypted = zegel.text(zegel.encrypt(MAIL).messages().getFirst().message());
        Session verifier = zegel.pair(List.of(Scope.VERIFY));

        MessageResult.Opened opened = (MessageResult.Opened)
                call(verifier, new MessageRequest.Open(ContentRef.ofText(encrypted), true, null));

        assertThat(opened.content()).isNull();
        assertThat(opened.verdict().lock()).isEqualTo(Verdict.Lock.FAILED);
        assertThat(opened.verdict().findings()).contains(Finding.DECRYPT_NOT_GRANTED);
        assertThat(zegel.prompter.asked(Question.KeyUse.class)).isEmpty();
    }

    @Test
    void encryptingWithASignatureNeedsTheSignScope() throws Exception {
        Session encrypter = zegel.pair(List.of(Scope.ENCRYPT));

        assertFails(
                ErrorCode.SCOPE_MISSING,
                () -> call(
                        encrypter,
                        MessageRequest.Encrypt.of(ContentRef.ofText(MAIL)).signed()));
    }

    @Test
    void severalIdentitiesAreListedUntilOneIsPreferred() throws Exception {
        String first = zegel.keys.identities().getFirst().id().value();
        zegel.add(CA.issue(Spec.mail("Alice again", "alice@example.org")));

        RequestError error = assertFails(ErrorCode.IDENTITY_AMBIGUOUS, () -> zegel.sign(MAIL));
        zegel.call(new StoreRequest.PreferIdentity(first, "alice@example.org"));

        assertThat((List<?>) error.data().get("identities")).hasSize(2);
        assertThat(zegel.sign(MAIL)).contains("multipart/signed");
        StoreResult.Identities listed =
                (StoreResult.Identities) zegel.call(new StoreRequest.ListIdentities("alice@example.org"));
        assertThat(listed.identities().stream().filter(StoreResult.IdentityEntry::preferred))
                .hasSize(1);
    }

    @Test
    void aCertificateForLoggingInIsNoChoiceBesideOneForMail() throws Exception {
        TestIdentity login = CA.issue(
                Spec.mail("Alice's door", "alice@example.org").extendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        zegel.add(login);

        assertThat(zegel.sign(MAIL)).contains("multipart/signed");
        assertThat(zegel.prompter
                        .asked(Question.KeyUse.class)
                        .getLast()
                        .identity()
                        .certificate())
                .isEqualTo(ALICE.certificate());
    }

    @Test
    void nobodySignsForAnAddressWithoutACertificate() {
        RequestError error = assertFails(
                ErrorCode.IDENTITY_NOT_FOUND,
                () -> zegel.sign(TestZegel.message("dave@example.org", "alice@example.org", "")));

        assertThat(error.getMessage()).contains("dave@example.org");
    }

    @Test
    void anExpiredCertificateDoesNotSign(@TempDir Path other) throws Exception {
        TestIdentity old =
                CA.issue(Spec.mail("Eve", "eve@example.org").validity(Spec.NOT_BEFORE, TestZegel.NOW.minusSeconds(60)));
        try (TestZegel late = new TestZegel(other, TrustOptions.DEFAULT, old)) {
            assertFails(
                    ErrorCode.CERTIFICATE_EXPIRED,
                    () -> late.sign(TestZegel.message("eve@example.org", "alice@example.org", "")));
        }
    }

    @Test
    void bareCmsIsSignedVerifiedEncryptedAndDecrypted() throws Exception {
        String identity = zegel.keys.identities().getFirst().id().value();
        ContentRef data = ContentRef.ofText("not a message");
        MessageResult.Cms signed =
                (MessageResult.Cms) zegel.call(new CmsRequest.Sign(data, identity, "opaque", null, null, null));
        MessageResult.Opened verified =
                (MessageResult.Opened) zegel.call(new CmsRequest.Verify(signed.cms(), null, "alice@example.org", true));
        MessageResult.Cms sealed = (MessageResult.Cms) zegel.call(new CmsRequest.Encrypt(
                data,
                null,
                List.of(ContentRef.ofText(TestIdentity.pem(ALICE.certificate()))),
                "aes256-gcm",
                null,
                null));
        MessageResult.Opened opened =
                (MessageResult.Opened) zegel.call(new CmsRequest.Decrypt(sealed.cms(), true, null));

        assertThat(verified.verdict().signers().getFirst().integrity()).isEqualTo(Verdict.Integrity.INTACT);
        assertThat(verified.verdict().signers().getFirst().address()).isEqualTo(Verdict.AddressMatch.MATCH);
        assertThat(zegel.text(Objects.requireNonNull(verified.content()))).isEqualTo("not a message");
        assertThat(opened.verdict().lock()).isEqualTo(Verdict.Lock.CLOSED);
        assertThat(zegel.text(Objects.requireNonNull(opened.content()))).isEqualTo("not a message");
        assertThat(zegel.prompter.asked(Question.KeyUse.class).stream().map(Question.KeyUse::purpose))
                .containsExactly(Question.Purpose.SIGN_RAW, Question.Purpose.DECRYPT_RAW);
    }

    @Test
    void anchorsAreAddedAndRemovedWithThePersonsYes() throws Exception {
        ContentRef root = ContentRef.ofText(TestIdentity.pem(CA.certificate()));
        zegel.call(new CertificateRequest.AddTrust(root, null));
        CertificateResult.Trusted added = (CertificateResult.Trusted) zegel.call(new CertificateRequest.ListTrust());
        String sha256 = added.certificates().getFirst().sha256();

        assertThat(added.certificates()).hasSize(1);
        Question.TrustCertificate asked =
                zegel.prompter.asked(Question.TrustCertificate.class).getFirst();
        assertThat(asked.certificate()).isEqualTo(CA.certificate());
        assertThat(asked.reliance()).isEqualTo(Question.Reliance.AUTHORITY);
        zegel.call(new CertificateRequest.RemoveTrust(sha256));
        assertThat(((CertificateResult.Trusted) zegel.call(new CertificateRequest.ListTrust())).certificates())
                .isEmpty();
        assertFails(ErrorCode.CERTIFICATE_NOT_FOUND, () -> zegel.call(new CertificateRequest.RemoveTrust(sha256)));
    }

    @Test
    void aPersonsCertificateIsPinnedAndNoAuthority() throws Exception {
        ContentRef alice = ContentRef.ofText(TestIdentity.pem(ALICE.certificate()));
        zegel.call(new CertificateRequest.AddTrust(alice, null));

        CertificateResult.Trusted listed = (CertificateResult.Trusted) zegel.call(new CertificateRequest.ListTrust());
        assertThat(listed.certificates()).isEmpty();
        assertThat(listed.pinned()).hasSize(1);
        assertThat(zegel.prompter
                        .asked(Question.TrustCertificate.class)
                        .getLast()
                        .reliance())
                .isEqualTo(Question.Reliance.PERSON);

        zegel.call(new CertificateRequest.AddTrust(alice, true));
        listed = (CertificateResult.Trusted) zegel.call(new CertificateRequest.ListTrust());
        assertThat(listed.pinned()).isEmpty();
        assertThat(listed.distrusted()).hasSize(1);
        assertThat(zegel.prompter
                        .asked(Question.TrustCertificate.class)
                        .getLast()
                        .reliance())
                .isEqualTo(Question.Reliance.NEVER);
    }

    @Test
    void whatNamesNoAddressIsNotPinned() {
        String nobody = TestIdentity.pem(CA.issue(Spec.mail("Nobody")).certificate());
        assertFails(
                ErrorCode.IMPORT_FAILED,
                () -> zegel.call(new CertificateRequest.AddTrust(ContentRef.ofText(nobody), null)));
    }

    @Test
    void keysAreImportedIntoTheStoreThatStays(@TempDir Path files) throws Exception {
        TestIdentity bob = CA.issue(Spec.mail("Bob", "bob@example.org"));
        Path file = bob.writeP12(files.resolve("bob.p12"), ScriptedPrompter.PASSPHRASE.toCharArray());

        zegel.call(new StoreRequest.ImportIdentity(ContentRef.ofBytes(Files.readAllBytes(file))));

        assertThat(zegel.sign(TestZegel.message("bob@example.org", "alice@example.org", "")))
                .contains("multipart/signed");
    }

    @Test
    void anyPairedClientMayLockAndTheNextUseAsksAgain(@TempDir Path files) throws Exception {
        TestIdentity bob = CA.issue(Spec.mail("Bob", "bob@example.org"));
        Path file = bob.writeP12(files.resolve("bob.p12"), ScriptedPrompter.PASSPHRASE.toCharArray());
        zegel.call(new StoreRequest.ImportIdentity(ContentRef.ofBytes(Files.readAllBytes(file))));
        String mail = TestZegel.message("bob@example.org", "alice@example.org", "");
        zegel.sign(mail);
        assertThat(stateOfTheKeyFile()).isEqualTo("unlocked");
        int asked = zegel.prompter.secrets.size();

        Session client = zegel.pair(List.of(Scope.VERIFY));
        assertFails(ErrorCode.STORE_NOT_FOUND, () -> call(client, new StoreRequest.Lock("elsewhere")));
        call(client, new StoreRequest.Lock(null));

        assertThat(stateOfTheKeyFile()).isEqualTo("locked");
        zegel.sign(mail);
        assertThat(zegel.prompter.secrets).hasSize(asked + 1);
        call(client, new StoreRequest.Lock("pkcs12"));
        assertThat(stateOfTheKeyFile()).isEqualTo("locked");
        zegel.zegel.lock("the screen was locked");
        zegel.sign(mail);
        zegel.zegel.lock("the screen was locked");
        // What was locked already is no line.
        assertThat(((SessionResult.Audit) zegel.call(new SessionRequest.ListAudit(null))).entries())
                .filteredOn(line -> line.operation().equals("token.lock"))
                .extracting(line -> line.clientName() + ": " + line.detail())
                .containsExactly(
                        "null: the screen was locked: Zegel's key file",
                        "Test client: Zegel's key file",
                        "Test client: Zegel's key file");
        try (Session stranger = stranger()) {
            assertFails(ErrorCode.NOT_PAIRED, () -> call(stranger, new StoreRequest.Lock(null)));
        }
    }

    @Test
    void lockingForgetsAYesForAWhile() throws Exception {
        Session client = zegel.pair(List.of(Scope.SIGN));
        String mail = TestZegel.message("alice@example.org", "bob@example.org", "");
        zegel.prompter.decision = Answer.Decision.FOR_A_WHILE;
        TestZegel.sign(mail, client);
        TestZegel.sign(mail, client);
        assertThat(zegel.prompter.asked(Question.KeyUse.class)).hasSize(1);

        call(client, new StoreRequest.Lock("pkcs12"));
        TestZegel.sign(mail, client);
        assertThat(zegel.prompter.asked(Question.KeyUse.class)).hasSize(2);

        // As the screen lock and sleep do.
        zegel.zegel.lock("the screen was locked");
        TestZegel.sign(mail, client);
        TestZegel.sign(mail, client);
        assertThat(zegel.prompter.asked(Question.KeyUse.class)).hasSize(3);
    }

    private String stateOfTheKeyFile() throws Exception {
        return ((StoreResult.Stores) zegel.call(new StoreRequest.ListStores()))
                .stores().stream()
                        .filter(store -> store.store().equals("pkcs12"))
                        .findFirst()
                        .orElseThrow()
                        .state();
    }

    @Test
    void aResultBeyondTheLimitIsTooLarge(@TempDir Path other) throws Exception {
        try (TestZegel small = new TestZegel(other, new Settings.Limits(64 << 10, 1 << 20), ALICE)) {
            String mail = MAIL + "x".repeat(70) + "\r\n";
            assertThat(small.encrypt(mail).messages()).hasSize(1);
            RequestError error = catchThrowableOfType(
                    RequestError.class, () -> small.encrypt(MAIL + ("x".repeat(70) + "\r\n").repeat(2000)));
            assertThat(error.code()).isEqualTo(ErrorCode.CONTENT_TOO_LARGE);
        }
    }

    @Test
    void aResultBeyondTheClientsQuotaIsRefused(@TempDir Path other) throws Exception {
        try (TestZegel small = new TestZegel(other, new Settings.Limits(64 << 20, 200 << 10), ALICE)) {
            RequestError error = catchThrowableOfType(
                    RequestError.class, () -> small.encrypt(MAIL + ("x".repeat(70) + "\r\n").repeat(6000)));
            assertThat(error.code()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
        }
    }

    @Test
    void aDiskThatTakesNothingIsNoFaultOfZegels() throws Exception {
        Files.delete(new Home(home, true).spool());
        RequestError error = catchThrowableOfType(
                RequestError.class, () -> zegel.encrypt(MAIL + ("x".repeat(70) + "\r\n").repeat(2000)));
        assertThat(error.code()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
        assertThat(error.getMessage()).contains("disk").doesNotContain(home.toString());
    }

    @Test
    void whatIsNoMessageIsSaidToBeNone() {
        assertFails(
                ErrorCode.IMPORT_FAILED,
                () -> zegel.call(new CertificateRequest.Inspect(ContentRef.ofText("not a certificate"))));
        assertFails(
                ErrorCode.CONTENT_NOT_FOUND,
                () -> zegel.call(new MessageRequest.Open(ContentRef.ofHandle("none"), true, null)));
        assertFails(
                ErrorCode.INVALID_PARAMETERS,
                () -> zegel.call(
                        new MessageRequest.Sign(ContentRef.ofText(MAIL), null, "sideways", null, null, null, null)));
    }

    @Test
    void theCommandLineMayAskForEverything() {
        assertThat(zegel.session.client().orElseThrow().scopes()).isEqualTo(EnumSet.allOf(Scope.class));
        assertFails(ErrorCode.UNSUPPORTED, () -> zegel.call(new SessionRequest.Pair(null, null, null, null, null)));
    }

    private Session stranger() {
        return zegel.zegel.gate().enter(new Caller(Door.SOCKET, null, null, null, "stranger"));
    }

    private static Result call(Session session, Request request) throws RequestError {
        return session.call(request, Progress.NONE);
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
