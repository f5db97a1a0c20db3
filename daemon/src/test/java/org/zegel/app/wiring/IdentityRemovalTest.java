package org.zegel.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.config.Settings;
import org.zegel.consent.Answer;
import org.zegel.consent.PlannedChange;
import org.zegel.consent.Question;
import org.zegel.dispatch.Session;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Fingerprint;
import org.zegel.model.Progress;
import org.zegel.model.Scope;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
import org.zegel.protocol.StoreRequest;
import org.zegel.protocol.StoreResult;

/** A client wants an identity and its key gone. */
class IdentityRemovalTest {
    private static final TestAuthority CA = TestAuthority.root("Root");
    private static final TestIdentity ALICE = CA.issue(Spec.mail("Alice", "alice@example.org"));
    private static final TestIdentity BOB = CA.issue(Spec.mail("Bob", "bob@example.org"));

    @TempDir
    Path folder;

    private TestZegel zegel;
    private String alice;
    private String bob;

    @BeforeEach
    void open() throws Exception {
        // Alice's key is in a store that Zegel does not keep.
        zegel = new TestZegel(folder.resolve("home"), Settings.defaults().limits(), ALICE);
        Path file = BOB.writeP12(folder.resolve("bob.p12"), ScriptedPrompter.PASSPHRASE.toCharArray());
        zegel.call(new StoreRequest.ImportIdentity(ContentRef.ofBytes(Files.readAllBytes(file))));
        alice = idOf(ALICE);
        bob = idOf(BOB);
    }

    @AfterEach
    void close() {
        zegel.close();
    }

    @Test
    void isGoneOnceThePersonSawTheCertificateAndSaidYes() throws Exception {
        zegel.call(new StoreRequest.RemoveIdentity(bob));

        assertThat(changes())
                .last()
                .isEqualTo(new PlannedChange.RemoveIdentity("Zegel's key file", BOB.certificate(), true));
        assertThat(listed()).containsExactly(alice);
        SessionResult.AuditEntry line = lines().getFirst();
        assertThat(line.operation() + " " + line.outcome()).isEqualTo("identity.remove done");
        assertThat(line.identity()).isEqualTo(bob);
        assertThat(line.certificate()).isEqualTo(Fingerprint.sha256(BOB.certificate()));
        assertThat(refusal(() -> zegel.call(new StoreRequest.RemoveIdentity(bob))))
                .isEqualTo(ErrorCode.IDENTITY_NOT_FOUND);
    }

    @Test
    void staysWithoutAYes() throws Exception {
        zegel.prompter.decision = Answer.Decision.DENY;

        assertThat(refusal(() -> zegel.call(new StoreRequest.RemoveIdentity(bob))))
                .isEqualTo(ErrorCode.CONSENT_DENIED);
        assertThat(listed()).containsExactlyInAnyOrder(alice, bob);
        SessionResult.AuditEntry line = lines().getFirst();
        assertThat(line.operation() + " " + line.outcome()).isEqualTo("identity.remove consent-denied");
    }

    @Test
    void nobodyIsAskedAboutAStoreThatAnotherProgramKeeps() {
        int asked = changes().size();

        RequestError error =
                catchThrowableOfType(RequestError.class, () -> zegel.call(new StoreRequest.RemoveIdentity(alice)));
        assertThat(error.code()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(error.getMessage()).contains("the program it belongs to");
        assertThat(changes()).hasSize(asked);
    }

    @Test
    void aClientNeedsTheScope() throws Exception {
        Session client = zegel.pair(List.of(Scope.CERTIFICATES, Scope.SIGN));

        assertThat(refusal(() -> client.call(new StoreRequest.RemoveIdentity(bob), Progress.NONE)))
                .isEqualTo(ErrorCode.SCOPE_MISSING);
        assertThat(listed()).contains(bob);
    }

    private String idOf(TestIdentity identity) throws RequestError {
        String sha256 = Fingerprint.sha256(identity.certificate());
        return identities().stream()
                .filter(entry -> Objects.equals(entry.certificate().sha256(), sha256))
                .map(StoreResult.IdentityEntry::identity)
                .findFirst()
                .orElseThrow();
    }

    private List<StoreResult.IdentityEntry> identities() throws RequestError {
        return ((StoreResult.Identities) zegel.call(new StoreRequest.ListIdentities(null))).identities();
    }

    private List<String> listed() throws RequestError {
        return identities().stream().map(StoreResult.IdentityEntry::identity).toList();
    }

    private List<PlannedChange> changes() {
        return zegel.prompter.asked(Question.Change.class).stream()
                .map(Question.Change::what)
                .toList();
    }

    private List<SessionResult.AuditEntry> lines() throws RequestError {
        return ((SessionResult.Audit) zegel.call(new SessionRequest.ListAudit(null))).entries();
    }

    private static ErrorCode refusal(ThrowingCallable call) {
        return catchThrowableOfType(RequestError.class, call).code();
    }
}
