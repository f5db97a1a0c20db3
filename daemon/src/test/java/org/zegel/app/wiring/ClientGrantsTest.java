package org.zegel.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.consent.Answer;
import org.zegel.consent.Grant;
import org.zegel.consent.PlannedChange;
import org.zegel.consent.Question;
import org.zegel.dispatch.Session;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Finding;
import org.zegel.model.IdentityId;
import org.zegel.model.Progress;
import org.zegel.model.Scope;
import org.zegel.model.Verdict;
import org.zegel.protocol.ContentRef;
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

/** What {@code client.change} gives and takes, and what it means for the client. */
class ClientGrantsTest {
    private static final TestAuthority CA = TestAuthority.root("Grants root");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));
    private static final TestIdentity BOB = CA.issue(Spec.mail("Bob", "bob@example.org"));
    private static final String MAIL = TestZegel.message("alice@example.org", "alice@example.org", "");
    private static final List<String> SCOPES = List.of("certificates", "decrypt", "sign", "verify");

    @TempDir
    Path home;

    private TestZegel zegel;
    private IdentityId alice;
    private IdentityId bob;
    private Session client;

    @BeforeEach
    void open() throws Exception {
        zegel = new TestZegel(home, TrustOptions.DEFAULT, ALICE);
        alice = zegel.keys.identities().getFirst().id();
        bob = zegel.add(BOB);
        client = zegel.pair(List.of(Scope.CERTIFICATES, Scope.VERIFY, Scope.SIGN, Scope.DECRYPT));
    }

    @AfterEach
    void close() {
        client.close();
        zegel.close();
    }

    @Test
    void moreNeedsAYesAndLessDoesNot() throws Exception {
        assertThat(change(List.of("sign"), null, "each-time", null).scopes()).containsExactly("sign");
        assertThat(changes()).isEmpty();
        assertThat(change(SCOPES, null, "usual", null).scopes()).isEqualTo(SCOPES);
        assertThat(changes()).hasSize(1);
        assertThat(changes().getFirst().what())
                .isEqualTo(new PlannedChange.WidenGrant(
                        "Test client",
                        null,
                        Grant.of(EnumSet.of(Scope.CERTIFICATES, Scope.VERIFY, Scope.SIGN, Scope.DECRYPT))));
    }

    @Test
    void aNoLeavesTheGrantAsItWasAndIsAudited() throws Exception {
        zegel.prompter.decision = Answer.Decision.DENY;
        assertFails(ErrorCode.CONSENT_DENIED, () -> change(SCOPES, null, "never", null));
        assertThat(self().ask()).isEqualTo("usual");
        SessionResult.AuditEntry newest = ((SessionResult.Audit)
                        zegel.call(new SessionRequest.ListAudit(null, null, null, null, 1)))
                .entries()
                .getFirst();
        assertThat(newest.operation()).isEqualTo("client.change");
        assertThat(newest.outcome()).isEqualTo("consent-denied");
    }

    @Test
    void aClientMayNotChangeGrantsWithoutTheScopeForIt() {
        assertFails(
                ErrorCode.SCOPE_MISSING,
                () -> client.call(
                        new SessionRequest.ChangeClient("x", List.of("manage"), null, null, null), Progress.NONE));
        assertFails(ErrorCode.SCOPE_MISSING, () -> client.call(new SessionRequest.ForgetDenied(), Progress.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"minutes=0", "always", ""})
    void aWordThatIsNoneIsRefused(String ask) {
        assertFails(ErrorCode.INVALID_PARAMETERS, () -> change(SCOPES, null, ask, null));
    }

    @Test
    void refusesWhatIsNoGrant() {
        assertFails(ErrorCode.INVALID_PARAMETERS, () -> change(List.of(), null, null, null));
        assertFails(ErrorCode.INVALID_PARAMETERS, () -> change(List.of("all"), null, null, null));
        assertFails(ErrorCode.INVALID_PARAMETERS, () -> change(SCOPES, List.of("a b"), null, null));
        assertFails(ErrorCode.INVALID_PARAMETERS, () -> change(SCOPES, null, null, TestZegel.NOW));
        List<String> tooMany =
                java.util.stream.IntStream.range(0, 101).mapToObj(i -> "i" + i).toList();
        assertFails(ErrorCode.INVALID_PARAMETERS, () -> change(SCOPES, tooMany, null, null));
        assertFails(
                ErrorCode.INVALID_PARAMETERS,
                () -> zegel.call(new SessionRequest.ChangeClient("nobody", SCOPES, null, null, null)));
    }

    @Test
    void aClientSeesAndUsesTheIdentitiesItWasGivenAndNoOther() throws Exception {
        String encrypted = zegel.text(zegel.encrypt(MAIL).messages().getFirst().message());
        change(SCOPES, List.of(bob.value()), "usual", null);
        StoreResult.Identities seen = (StoreResult.Identities) call(new StoreRequest.ListIdentities(null));
        assertThat(seen.identities())
                .extracting(StoreResult.IdentityEntry::identity)
                .containsExactly(bob.value());
        assertFails(ErrorCode.IDENTITY_NOT_FOUND, () -> TestZegel.sign(MAIL, client));
        assertFails(
                ErrorCode.IDENTITY_NOT_ALLOWED,
                () -> call(
                        new MessageRequest.Sign(ContentRef.ofText(MAIL), alice.value(), null, null, null, null, null)));
        MessageResult.Opened opened =
                (MessageResult.Opened) call(new MessageRequest.Open(ContentRef.ofText(encrypted), true, null));
        assertThat(opened.verdict().lock()).isEqualTo(Verdict.Lock.FAILED);
        assertThat(opened.verdict().findings()).contains(Finding.IDENTITIES_LIMITED);
        assertThat(opened.content()).isNull();
        assertThat(zegel.prompter.asked(Question.KeyUse.class)).isEmpty();
        change(SCOPES, List.of(alice.value()), "usual", null);
        TestZegel.sign(MAIL, client);
    }

    @Test
    void aYesForGoodIsListedAndEndsWithAnotherGrant() throws Exception {
        zegel.prompter.decision = Answer.Decision.ALWAYS;
        TestZegel.sign(MAIL, client);
        TestZegel.sign(MAIL, client);
        assertThat(zegel.prompter.asked(Question.KeyUse.class)).hasSize(1);
        assertThat(self().always()).containsExactly(new SessionResult.AlwaysUse(alice.value(), "sign"));
        change(SCOPES, null, "usual", null);
        assertThat(self().always()).isEmpty();
        TestZegel.sign(MAIL, client);
        assertThat(zegel.prompter.asked(Question.KeyUse.class)).hasSize(2);
    }

    @Test
    void whatIsListedIsWhatWasGiven() throws Exception {
        Instant end = TestZegel.NOW.plusSeconds(3600);
        change(SCOPES, List.of(alice.value()), "minutes=5", end);
        SessionResult.ClientInfo self = self();
        assertThat(self.identities()).containsExactly(alice.value());
        assertThat(self.ask()).isEqualTo("minutes=5");
        assertThat(self.expiresAt()).isEqualTo(end);
        assertThat(self.ended()).isFalse();
        assertThat(self.approved()).isFalse();
        assertThat(self.lastUsed()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
    }

    private SessionResult.ClientInfo change(
            List<String> scopes, @Nullable List<String> identities, @Nullable String ask, @Nullable Instant end)
            throws RequestError {
        return (SessionResult.ClientInfo)
                zegel.call(new SessionRequest.ChangeClient(self().client(), scopes, identities, ask, end));
    }

    private List<Question.Change> changes() {
        return zegel.prompter.asked(Question.Change.class);
    }

    private SessionResult.ClientInfo self() throws RequestError {
        return (SessionResult.ClientInfo) call(new SessionRequest.Self());
    }

    private Result call(Request request) throws RequestError {
        return client.call(request, Progress.NONE);
    }

    private static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RequestError.class,
                        error -> assertThat(error.code()).as(error.getMessage()).isEqualTo(code));
    }
}
