package org.zegel.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

class ConsentServiceTest {
    private static final Identity ALICE = identity("Alice");
    private static final Identity BOB = identity("Bob");

    private final ScriptedPrompter person = new ScriptedPrompter();
    private final MovableClock clock = new MovableClock();
    private final PromptQueue queue = new PromptQueue(person, Duration.ofSeconds(20));
    private TestGrants paired;
    private ConsentService consent;

    @BeforeEach
    void pair(@TempDir Path home) throws Failure {
        paired = new TestGrants(home, ClientPolicy.OPEN, clock, "a", "b", "first", "flood", "patient", "other", "gone");
        consent = service(queue, Duration.ofMinutes(10));
    }

    @AfterEach
    void close() {
        paired.close();
    }

    private ConsentService service(PromptQueue questions, Duration session) {
        return new ConsentService(questions, paired.grants, ClientPolicy.OPEN, session, clock);
    }

    @Test
    void asksEveryTimeAfterAYesForOnce() throws Failure {
        use(client("a"), Question.Purpose.SIGN, ALICE);
        use(client("a"), Question.Purpose.SIGN, ALICE);
        assertThat(person.count()).isEqualTo(2);
    }

    @Test
    void aYesForAWhileIsForOneClientIdentityAndPurposeUntilItsTimeIsOver() throws Failure {
        person.decision = Answer.Decision.FOR_A_WHILE;
        ConsentGranted granted = use(client("a"), Question.Purpose.SIGN, ALICE);
        assertThat(granted.identity()).contains(ALICE.id());
        clock.advance(Duration.ofMinutes(10).minusNanos(1));
        use(client("a"), Question.Purpose.SIGN, ALICE);
        assertThat(person.count()).isEqualTo(1);
        use(client("a"), Question.Purpose.SIGN, BOB);
        use(client("b"), Question.Purpose.SIGN, ALICE);
        use(client("a"), Question.Purpose.DECRYPT, ALICE);
        assertThat(person.count()).isEqualTo(4);
        clock.advance(Duration.ofNanos(1));
        use(client("a"), Question.Purpose.SIGN, ALICE);
        assertThat(person.count()).isEqualTo(5);
        consent.forget("a");
        use(client("a"), Question.Purpose.SIGN, ALICE);
        assertThat(person.count()).isEqualTo(6);
    }

    @Test
    void neverRemembersWhatCannotBeShown() throws Failure {
        person.decision = Answer.Decision.FOR_A_WHILE;
        for (Question.Purpose purpose :
                List.of(Question.Purpose.SIGN_RAW, Question.Purpose.DECRYPT_RAW, Question.Purpose.EXPORT)) {
            int before = person.count();
            use(client("a"), purpose, ALICE);
            use(client("a"), purpose, ALICE);
            assertThat(person.count()).as("%s", purpose).isEqualTo(before + 2);
        }
    }

    @Test
    void aNoIsANoAndALastingNoIsNotAskedAgain() {
        person.decision = Answer.Decision.DENY;
        fails(Failure.Kind.CONSENT_DENIED, () -> use(client("a"), Question.Purpose.SIGN, ALICE));
        fails(Failure.Kind.CONSENT_DENIED, () -> consent.forChange(client("a"), new PlannedChange.ForgetRefusals()));
        person.decision = Answer.Decision.DENY_FOREVER;
        fails(Failure.Kind.CONSENT_DENIED, () -> use(client("a"), Question.Purpose.SIGN, ALICE));
        int asked = person.count();
        fails(Failure.Kind.CONSENT_DENIED, () -> use(client("a"), Question.Purpose.SIGN, ALICE));
        assertThat(person.count()).isEqualTo(asked);
    }

    @Test
    void asksNothingForAClientWithoutTheScope() {
        for (Question.Purpose purpose : EnumSet.complementOf(EnumSet.of(Question.Purpose.CHANGE))) {
            Client client = new Client("a", "A", Set.of(Scope.CERTIFICATES, Scope.RAW_CMS), caller("a", "1"));
            fails(Failure.Kind.SCOPE_MISSING, () -> use(client, purpose, ALICE));
        }
        Client noRaw = new Client("a", "A", Set.of(Scope.SIGN), caller("a", "1"));
        fails(Failure.Kind.SCOPE_MISSING, () -> use(noRaw, Question.Purpose.SIGN_RAW, ALICE));
        fails(Failure.Kind.SCOPE_MISSING, () -> consent.forChange(noRaw, new PlannedChange.ForgetRefusals()));
        assertThat(person.count()).isZero();
    }

    @Test
    void aYesToAChangeIsNoYesToAKey() throws Failure {
        ConsentGranted change = consent.forChange(client("a"), new PlannedChange.ForgetRefusals());

        assertThat(change.identity()).isEmpty();
        for (Question.Purpose purpose : Question.Purpose.values()) {
            assertThat(change.covers(purpose, ALICE.id())).as("%s", purpose).isFalse();
        }
        int asked = person.count();
        assertThatThrownBy(() -> use(client("a"), Question.Purpose.CHANGE, ALICE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(person.count()).isEqualTo(asked);
    }

    @Test
    void aYesCoversOneUseOfOneIdentity() throws Failure {
        ConsentGranted granted = use(client("a"), Question.Purpose.EXPORT, ALICE);

        assertThat(granted.covers(Question.Purpose.EXPORT, ALICE.id())).isTrue();
        assertThat(granted.covers(Question.Purpose.EXPORT, BOB.id())).isFalse();
        assertThat(granted.covers(Question.Purpose.SIGN, ALICE.id())).isFalse();
    }

    @Test
    void oneAnswerForAWhileAnswersTheWaitingOnesToo() throws Exception {
        person.decision = Answer.Decision.FOR_A_WHILE;
        person.hold = new CountDownLatch(1);
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            calls.add(start(client("a")));
        }
        awaitCount(1);
        person.hold.countDown();
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        assertThat(person.count()).isEqualTo(1);
    }

    @Test
    void asksOneQuestionAtATimeAndCallersInTurn() throws Exception {
        person.hold = new CountDownLatch(1);
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        calls.add(start(client("first")));
        awaitCount(1);
        for (int i = 0; i < 5; i++) {
            calls.add(start(client("flood")));
            Thread.sleep(20);
        }
        calls.add(start(client("patient")));
        Thread.sleep(50);
        person.hold.countDown();
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        assertThat(person.mostAtOnce).hasValue(1);
        assertThat(person.asked.stream()
                        .map(question -> question.caller().origin())
                        .toList())
                .startsWith("first", "flood", "patient")
                .hasSize(7);
    }

    @Test
    void aCallerWithTooManyQuestionsIsBusyAndOthersAreNot() throws Exception {
        person.hold = new CountDownLatch(1);
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (int i = 0; i < PromptQueue.MAX_PER_CLIENT; i++) {
            calls.add(start(client("flood")));
        }
        awaitCount(1);
        Thread.sleep(200);
        fails(Failure.Kind.BUSY, () -> use(client("flood"), Question.Purpose.SIGN, ALICE));
        calls.add(start(client("other")));
        person.hold.countDown();
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        assertThat(person.count()).isEqualTo(PromptQueue.MAX_PER_CLIENT + 1);
    }

    @Test
    void aQuestionTimesOutAndIsTakenOffTheScreen() {
        person.hold = new CountDownLatch(1);
        ConsentService hurried = service(new PromptQueue(person, Duration.ofMillis(200)), Duration.ofMinutes(1));
        fails(
                Failure.Kind.CONSENT_TIMEOUT,
                () -> hurried.forKeyUse(client("a"), Question.Purpose.SIGN, ALICE, Question.About.NOTHING));
        assertThat(person.interrupted).isTrue();
        assertThat(person.atOnce).hasValue(0);
    }

    @Test
    void theQuestionsOfAConnectionThatIsGoneAreWithdrawn() throws Exception {
        person.hold = new CountDownLatch(1);
        CompletableFuture<Void> shown = start(client("gone"));
        awaitCount(1);
        CompletableFuture<Void> waiting = start(client("gone"));
        CompletableFuture<Void> other = start(client("other"));
        Thread.sleep(100);
        consent.withdraw(caller("gone", "connection of gone"));
        for (CompletableFuture<Void> call : List.of(shown, waiting)) {
            assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS))
                    .rootCause()
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.CANCELLED));
        }
        person.hold.countDown();
        other.get(10, TimeUnit.SECONDS);
        assertThat(person.count()).isEqualTo(2);
    }

    private CompletableFuture<Void> start(Client client) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                use(client, Question.Purpose.SIGN, ALICE);
                done.complete(null);
            } catch (Failure | RuntimeException thrown) {
                done.completeExceptionally(thrown);
            }
        });
        return done;
    }

    private void awaitCount(int count) throws InterruptedException {
        for (int i = 0; i < 500 && person.count() < count; i++) {
            Thread.sleep(10);
        }
        assertThat(person.count()).isEqualTo(count);
    }

    private ConsentGranted use(Client client, Question.Purpose purpose, Identity identity) throws Failure {
        return consent.forKeyUse(client, purpose, identity, new Question.About(null, "Subject", List.of()));
    }

    private static Client client(String id) {
        return new Client(id, "Client " + id, EnumSet.allOf(Scope.class), caller(id, "connection of " + id));
    }

    private static Caller caller(String origin, String connection) {
        return new Caller(Door.NATIVE_MESSAGING, origin, null, null, connection);
    }

    private static Identity identity(String name) {
        var certificate = TestAuthority.root(name, KeyKind.values()[0]).certificate();
        StoreId store = new StoreId("test");
        return new Identity(
                IdentityId.of(store, certificate), store, certificate, List.of(), Set.of(Identity.KeyUse.SIGN), false);
    }

    private static void fails(Failure.Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
