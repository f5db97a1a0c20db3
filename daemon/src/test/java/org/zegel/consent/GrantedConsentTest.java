package org.zegel.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zegel.consent.Question.Purpose;
import org.zegel.fixtures.KeyKind;
import org.zegel.fixtures.MovableClock;
import org.zegel.fixtures.TestAuthority;
import org.zegel.model.Caller;
import org.zegel.model.Client;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.IdentityId;
import org.zegel.model.Scope;
import org.zegel.model.StoreId;

/** How often a person is asked is what the client's grant and the policy say. */
class GrantedConsentTest {
    private static final Identity ALICE = identity("Alice");
    private static final Identity BOB = identity("Bob");
    private static final Duration SESSION = Duration.ofMinutes(10);

    @TempDir
    Path home;

    private final ScriptedPrompter person = new ScriptedPrompter();
    private final MovableClock clock = new MovableClock();
    private TestGrants paired;
    private ConsentService consent;

    @BeforeEach
    void open() throws Failure {
        open(ClientPolicy.OPEN, "c", "d");
    }

    @AfterEach
    void close() {
        paired.close();
    }

    @Test
    void aYesForGoodIsForOneClientKeyAndUseAndOutlivesTheDaemon() throws Failure {
        person.decision = Answer.Decision.ALWAYS;
        use("c", Purpose.SIGN, ALICE);
        reopen(ClientPolicy.OPEN);
        clock.advance(Duration.ofDays(30));
        use("c", Purpose.SIGN, ALICE);
        assertThat(person.count()).isEqualTo(1);
        assertThat(paired.grants.standing("c")).containsExactly(new StandingYes(ALICE.id(), Purpose.SIGN));
        use("c", Purpose.SIGN, BOB);
        use("c", Purpose.DECRYPT, ALICE);
        use("d", Purpose.SIGN, ALICE);
        assertThat(person.count()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGN_RAW", "DECRYPT_RAW", "EXPORT"})
    void whatCannotBeShownIsAskedEachTimeWhateverTheGrantAndTheAnswerSay(Purpose purpose) throws Failure {
        change("c", grant().withAsking(Asking.NEVER));
        person.decision = Answer.Decision.ALWAYS;
        use("c", purpose, ALICE);
        use("c", purpose, ALICE);
        assertThat(person.count()).isEqualTo(2);
        assertThat(paired.grants.standing("c")).isEmpty();
        assertThat(((Question.KeyUse) person.last()).lasting()).isEqualTo(Question.Lasting.ONCE);
    }

    @Test
    void aClientThatIsNeverAskedAboutIsNotAskedAbout() throws Failure {
        change("c", grant().withAsking(Asking.NEVER));
        use("c", Purpose.SIGN, ALICE);
        use("c", Purpose.DECRYPT, BOB);
        assertThat(person.count()).isZero();
        use("d", Purpose.SIGN, ALICE);
        assertThat(person.count()).isEqualTo(1);
    }

    @Test
    void eachTimeIsEachTimeWhateverThePersonAnswers() throws Failure {
        change("c", grant().withAsking(Asking.EACH_TIME));
        for (Answer.Decision decision :
                List.of(Answer.Decision.FOR_A_WHILE, Answer.Decision.ALWAYS, Answer.Decision.ONCE)) {
            person.decision = decision;
            use("c", Purpose.SIGN, ALICE);
        }
        assertThat(person.count()).isEqualTo(3);
        assertThat(((Question.KeyUse) person.last()).lasting()).isEqualTo(Question.Lasting.ONCE);
    }

    @Test
    void onceInSoManyMinutesIsThatForEveryYes() throws Failure {
        change("c", grant().withAsking(Asking.minutes(3)));
        use("c", Purpose.SIGN, ALICE);
        clock.advance(Duration.ofMinutes(3).minusNanos(1));
        use("c", Purpose.SIGN, ALICE);
        assertThat(person.count()).isEqualTo(1);
        clock.advance(Duration.ofNanos(1));
        use("c", Purpose.SIGN, ALICE);
        assertThat(person.count()).isEqualTo(2);
    }

    @Test
    void aClockThatIsSetBackMakesNoYesLastLonger() throws Failure {
        change("c", grant().withAsking(Asking.minutes(3)));
        use("c", Purpose.SIGN, ALICE);
        clock.advance(Duration.ofHours(-1));
        use("c", Purpose.SIGN, ALICE);
        assertThat(person.count()).isEqualTo(2);
        clock.advance(Duration.ofHours(1));
        use("c", Purpose.SIGN, ALICE);
        assertThat(person.count()).isEqualTo(3);
    }

    @Test
    void aKeyThatTheClientWasNotGivenIsRefusedUnasked() throws Failure {
        change("c", new Grant(EnumSet.allOf(Scope.class), Set.of(BOB.id()), Asking.NEVER, null));
        fails(Failure.Kind.IDENTITY_NOT_ALLOWED, () -> use("c", Purpose.SIGN, ALICE));
        fails(Failure.Kind.IDENTITY_NOT_ALLOWED, () -> use("c", Purpose.EXPORT, ALICE));
        assertThat(person.count()).isZero();
        use("c", Purpose.SIGN, BOB);
    }

    @Test
    void anotherGrantForgetsEveryYes() throws Failure {
        paired.grants.onChange(consent::forget);
        person.decision = Answer.Decision.ALWAYS;
        use("c", Purpose.SIGN, ALICE);
        person.decision = Answer.Decision.FOR_A_WHILE;
        use("c", Purpose.DECRYPT, ALICE);
        change("c", grant());
        use("c", Purpose.SIGN, ALICE);
        use("c", Purpose.DECRYPT, ALICE);
        assertThat(person.count()).isEqualTo(4);
    }

    @Test
    void lockingForgetsAYesForAWhileOfEveryClientAndNothingElse() throws Failure {
        change("d", grant().withAsking(Asking.minutes(30)));
        person.decision = Answer.Decision.FOR_A_WHILE;
        use("c", Purpose.SIGN, ALICE);
        use("d", Purpose.DECRYPT, BOB);
        person.decision = Answer.Decision.ALWAYS;
        use("c", Purpose.DECRYPT, ALICE);
        person.decision = Answer.Decision.DENY_FOREVER;
        fails(Failure.Kind.CONSENT_DENIED, () -> use("c", Purpose.SIGN, BOB));
        person.decision = Answer.Decision.ONCE;
        use("c", Purpose.SIGN, ALICE);
        use("d", Purpose.DECRYPT, BOB);
        assertThat(person.count()).isEqualTo(4);

        consent.forgetYesesForAWhile();

        use("c", Purpose.DECRYPT, ALICE);
        fails(Failure.Kind.CONSENT_DENIED, () -> use("c", Purpose.SIGN, BOB));
        assertThat(person.count()).isEqualTo(4);
        use("c", Purpose.SIGN, ALICE);
        use("d", Purpose.DECRYPT, BOB);
        assertThat(person.count()).isEqualTo(6);
    }

    @Test
    void aYesThatComesAfterTheRevocationIsNone() throws Exception {
        person.hold = new CountDownLatch(1);
        CompletableFuture<Void> use = start("c");
        awaitAsked();
        assertThat(paired.grants.revoke("c")).isTrue();
        person.hold.countDown();
        assertFailed(use, Failure.Kind.NOT_PAIRED);
        fails(Failure.Kind.NOT_PAIRED, () -> use("c", Purpose.SIGN, ALICE));
    }

    @Test
    void aYesThatComesAfterTheGrantBecameLessIsNone() throws Exception {
        person.hold = new CountDownLatch(1);
        person.decision = Answer.Decision.ALWAYS;
        CompletableFuture<Void> use = start("c");
        awaitAsked();
        change("c", new Grant(EnumSet.allOf(Scope.class), Set.of(BOB.id()), Asking.USUAL, null));
        person.hold.countDown();
        assertFailed(use, Failure.Kind.IDENTITY_NOT_ALLOWED);
        assertThat(paired.grants.standing("c")).isEmpty();
    }

    @Test
    void aGrantEndsByTheClockAndTellsSo() throws Failure {
        List<String> ended = new ArrayList<>();
        paired.grants.onEnd(ended::add);
        change(
                "c",
                new Grant(grant().scopes(), null, Asking.NEVER, clock.instant().plusSeconds(60)));
        clock.advance(Duration.ofSeconds(60).minusNanos(1));
        paired.grants.endExpired();
        use("c", Purpose.SIGN, ALICE);
        assertThat(ended).isEmpty();
        clock.advance(Duration.ofNanos(1));
        fails(Failure.Kind.NOT_PAIRED, () -> use("c", Purpose.SIGN, ALICE));
        paired.grants.endExpired();
        paired.grants.endExpired();
        assertThat(ended).containsExactly("c");
        change("c", grant());
        use("c", Purpose.SIGN, ALICE);
    }

    @Test
    void whomAnotherProcessRevokedIsSeenThoughTheClockWasSetBack() throws Failure {
        List<String> ended = new ArrayList<>();
        paired.grants.onEnd(ended::add);
        paired.grants.endExpired();
        try (TestGrants otherProcess = new TestGrants(home, ClientPolicy.OPEN, clock)) {
            assertThat(otherProcess.grants.revoke("d")).isTrue();
        }
        clock.advance(Duration.ofHours(-1));
        paired.grants.endExpired();
        assertThat(ended).containsExactly("d");
    }

    @Test
    void whomAnotherProcessRevokedIsSeenWithinSeconds() throws Failure {
        List<String> ended = new ArrayList<>();
        paired.grants.onEnd(ended::add);
        paired.grants.endExpired();
        try (TestGrants otherProcess = new TestGrants(home, ClientPolicy.OPEN, clock)) {
            assertThat(otherProcess.grants.revoke("d")).isTrue();
        }
        clock.advance(Duration.ofSeconds(5));
        paired.grants.endExpired();
        assertThat(ended).containsExactly("d");
    }

    @Test
    void thePolicyEndsWhatThePersonSaidForGood() throws Failure {
        person.decision = Answer.Decision.ALWAYS;
        use("c", Purpose.SIGN, ALICE);
        change("d", grant().withAsking(Asking.NEVER));
        reopen(policy(Duration.ZERO));
        for (int i = 2; i <= 3; i++) {
            use("c", Purpose.SIGN, ALICE);
            assertThat(person.count()).isEqualTo(i);
        }
        use("d", Purpose.SIGN, ALICE);
        assertThat(person.count()).isEqualTo(4);
        assertThat(((Question.KeyUse) person.last()).notes()).containsExactly(PolicyNote.ASKED_EACH_TIME);
    }

    @Test
    void thePolicyShortensAWhile() throws Failure {
        reopen(policy(Duration.ofMinutes(1)));
        for (Answer.Decision decision : List.of(Answer.Decision.FOR_A_WHILE, Answer.Decision.ALWAYS)) {
            int before = person.count();
            person.decision = decision;
            use("c", Purpose.SIGN, ALICE);
            clock.advance(Duration.ofMinutes(1).minusNanos(1));
            use("c", Purpose.SIGN, ALICE);
            assertThat(person.count()).isEqualTo(before + 1);
            clock.advance(Duration.ofNanos(1));
        }
        assertThat(paired.grants.standing("c")).isEmpty();
        Question.KeyUse asked = (Question.KeyUse) person.last();
        assertThat(asked.lasting()).isEqualTo(new Question.Lasting(Duration.ofMinutes(1), false, false));
        assertThat(asked.notes()).containsExactly(PolicyNote.ASKED_AGAIN);
    }

    @Test
    void nobodyGetsAGrantBeyondThePolicy() throws Failure {
        reopen(policy(Duration.ofMinutes(5)));
        fails(Failure.Kind.POLICY_FORBIDS, () -> change("c", grant().withAsking(Asking.NEVER)));
        fails(Failure.Kind.POLICY_FORBIDS, () -> change("c", grant().withAsking(Asking.minutes(6))));
        change("c", grant().withAsking(Asking.minutes(5)));
    }

    private static ClientPolicy policy(Duration longestYes) {
        return new ClientPolicy(Set.of(), Set.of(), Map.of(), EnumSet.allOf(Scope.class), longestYes, null);
    }

    private void open(ClientPolicy policy, String... clients) throws Failure {
        paired = new TestGrants(home, policy, clock, clients);
        consent = new ConsentService(
                new PromptQueue(person, Duration.ofSeconds(20)), paired.grants, policy, SESSION, clock);
    }

    private void reopen(ClientPolicy policy) throws Failure {
        paired.close();
        open(policy);
    }

    private void change(String client, Grant grant) throws Failure {
        paired.grants.change(client, grant);
    }

    private static Grant grant() {
        return Grant.of(EnumSet.allOf(Scope.class));
    }

    private @Nullable Void use(String client, Purpose purpose, Identity identity) throws Failure {
        Caller caller = new Caller(Door.NATIVE_MESSAGING, client, null, null, "connection of " + client);
        Client calling = new Client(client, "Client " + client, EnumSet.allOf(Scope.class), caller);
        ConsentGranted granted = consent.forKeyUse(calling, purpose, identity, Question.About.NOTHING);
        assertThat(granted.covers(purpose, identity.id())).isTrue();
        return null;
    }

    private CompletableFuture<Void> start(String client) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                done.complete(use(client, Purpose.SIGN, ALICE));
            } catch (Failure | RuntimeException | Error thrown) {
                done.completeExceptionally(thrown);
            }
        });
        return done;
    }

    private void awaitAsked() throws InterruptedException {
        for (int i = 0; i < 2000 && person.count() == 0; i++) {
            Thread.sleep(5);
        }
        assertThat(person.count()).isEqualTo(1);
    }

    private static void assertFailed(CompletableFuture<Void> use, Failure.Kind kind) {
        assertThatThrownBy(() -> use.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    private static void fails(Failure.Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    private static Identity identity(String name) {
        StoreId store = new StoreId("test");
        var certificate = TestAuthority.root(name, KeyKind.values()[0]).certificate();
        return new Identity(
                IdentityId.of(store, certificate), store, certificate, List.of(), Set.of(Identity.KeyUse.SIGN), false);
    }
}
