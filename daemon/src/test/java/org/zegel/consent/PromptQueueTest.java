package org.zegel.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.model.Caller;
import org.zegel.model.Client;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Scope;

@Timeout(60)
class PromptQueueTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final FloodGuard.Rules PATIENT = new FloodGuard.Rules(
            10_000, Duration.ofNanos(1), 10_000, Duration.ofNanos(1), Duration.ofNanos(1), Duration.ofHours(1));

    private final ScriptedPrompter person = new ScriptedPrompter();
    private final AtomicInteger connections = new AtomicInteger();

    @Test
    void aFloodingClientCostsTheOthersOneQuestionEach() throws Exception {
        PromptQueue queue = new PromptQueue(person, LONG);
        person.hold = new CountDownLatch(1);
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < PromptQueue.MAX_PER_CLIENT; i++) {
            // Each over a connection of its own, as HTTP without an origin has it.
            calls.add(ask(queue, client("flood")));
        }
        await(() -> queue.open() == PromptQueue.MAX_PER_CLIENT && person.count() == 1);
        for (int i = 0; i < 7; i++) {
            calls.add(ask(queue, client("client " + i)));
        }
        await(() -> queue.open() == PromptQueue.MAX_PER_CLIENT + 7);
        assertThat(kind(ask(queue, client("flood")))).isEqualTo(Failure.Kind.BUSY);
        person.hold.countDown();
        for (CompletableFuture<Answer> call : calls) {
            call.get(30, TimeUnit.SECONDS);
        }
        List<String> order = names();
        assertThat(order.subList(0, 9)).filteredOn("flood"::equals).hasSize(2);
        assertThat(order.subList(0, 9)).contains("client 0", "client 6");
        assertThat(order).hasSize(PromptQueue.MAX_PER_CLIENT + 7);
        assertThat(queue.open()).isZero();
    }

    @Test
    void whoeverNeverGetsAYesIsSlowedAndThenCutOffWhileOthersAreAsked() throws Exception {
        FloodGuard.Rules rules = new FloodGuard.Rules(
                3, Duration.ofMillis(300), 5, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofHours(1));
        Decisions written = new Decisions();
        PromptQueue queue = new PromptQueue(person, LONG, rules, written);
        person.decision = Answer.Decision.DENY;
        for (int i = 0; i < 3; i++) {
            ask(queue, client("flood")).get();
        }
        person.decision = Answer.Decision.ONCE;
        long start = System.nanoTime();
        CompletableFuture<Answer> slowed = ask(queue, client("flood"));
        await(() -> queue.open() == 1);
        ask(queue, client("other")).get();
        assertThat(slowed.isDone()).isFalse();
        slowed.get();
        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(250).toNanos());
        assertThat(names()).endsWith("other", "flood");

        person.decision = Answer.Decision.DENY;
        for (int i = 0; i < 4; i++) {
            ask(queue, client("flood")).get();
        }
        person.hold = new CountDownLatch(1);
        CompletableFuture<Answer> last = ask(queue, client("flood"));
        CompletableFuture<Answer> behind = ask(queue, client("flood"));
        await(() -> queue.open() == 2);
        person.hold.countDown();
        last.get();
        assertThatThrownBy(behind::get).cause().isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.CONSENT_DENIED);
            assertThat(failure.data()).containsEntry("retryAfterSeconds", 60L);
        });
        int asked = person.count();
        assertThat(kind(ask(queue, client("flood")))).isEqualTo(Failure.Kind.CONSENT_DENIED);
        assertThat(person.count()).isEqualTo(asked);
        ask(queue, client("other")).get();
        assertThat(person.count()).isEqualTo(asked + 1);
        assertThat(written.all).singleElement().isInstanceOfSatisfying(Decision.CutOff.class, cut -> {
            assertThat(cut.client()).isEqualTo("flood");
            assertThat(cut.length()).isBetween(Duration.ofSeconds(50), Duration.ofMinutes(1));
        });
    }

    @Test
    void aPersonWhoIsAwayCutsNobodyOffAndTakingQuestionsBackDoes() throws Exception {
        FloodGuard.Rules rules = new FloodGuard.Rules(
                50, Duration.ofMillis(1), 3, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofHours(1));
        person.hold = new CountDownLatch(1);
        PromptQueue away = new PromptQueue(person, Duration.ofMillis(100), rules);
        for (int i = 0; i < 5; i++) {
            assertThat(kind(ask(away, client("patient")))).isEqualTo(Failure.Kind.CONSENT_TIMEOUT);
        }
        PromptQueue queue = new PromptQueue(person, LONG, rules);
        for (int i = 0; i < 3; i++) {
            int shown = person.count();
            CompletableFuture<Answer> call = ask(queue, client("flood"));
            await(() -> person.count() > shown);
            queue.withdrawAll(client("flood").id());
            assertThat(kind(call)).isEqualTo(Failure.Kind.CANCELLED);
        }
        assertThat(kind(ask(queue, client("flood")))).isEqualTo(Failure.Kind.CONSENT_DENIED);
    }

    @Test
    void strangersCannotFillTheLineAndMakeEachOtherWait() throws Exception {
        PromptQueue queue = new PromptQueue(person, LONG);
        person.hold = new CountDownLatch(1);
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < PromptQueue.MAX_PER_STRANGER; i++) {
            calls.add(stranger(queue, "https://a.example"));
        }
        await(() -> queue.open() == PromptQueue.MAX_PER_STRANGER);
        assertThat(kind(stranger(queue, "https://a.example"))).isEqualTo(Failure.Kind.BUSY);
        for (int i = PromptQueue.MAX_PER_STRANGER; i < PromptQueue.MAX_OF_STRANGERS; i++) {
            calls.add(stranger(queue, "https://" + i + ".example"));
        }
        await(() -> queue.open() == PromptQueue.MAX_OF_STRANGERS);
        assertThat(kind(stranger(queue, "https://new.example"))).isEqualTo(Failure.Kind.BUSY);
        CompletableFuture<Answer> paired = ask(queue, client("paired"));
        await(() -> queue.open() == PromptQueue.MAX_OF_STRANGERS + 1);
        calls.add(paired);
        person.hold.countDown();
        for (CompletableFuture<Answer> call : calls) {
            call.get(30, TimeUnit.SECONDS);
        }

        person.decision = Answer.Decision.DENY;
        for (int i = 0; i < FloodGuard.Rules.USUAL.slowAfter(); i++) {
            stranger(queue, "https://fresh-" + i + ".example").get();
        }
        CompletableFuture<Answer> another = stranger(queue, "https://yet-another.example");
        ask(queue, client("paired")).get();
        assertThat(another.isDone()).isFalse();
        another.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aPairedClientMayAskOneQuestionHoweverManyWait() throws Exception {
        PromptQueue queue = new PromptQueue(person, LONG);
        person.hold = new CountDownLatch(1);
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < PromptQueue.MAX_OPEN; i++) {
            calls.add(ask(queue, client("client " + i % 8)));
        }
        await(() -> queue.open() == PromptQueue.MAX_OPEN);
        calls.add(ask(queue, client("new")));
        await(() -> queue.open() == PromptQueue.MAX_OPEN + 1);
        assertThat(kind(ask(queue, client("new")))).isEqualTo(Failure.Kind.BUSY);
        assertThat(kind(stranger(queue, "https://a.example"))).isEqualTo(Failure.Kind.BUSY);
        person.hold.countDown();
        for (CompletableFuture<Answer> call : calls) {
            call.get(30, TimeUnit.SECONDS);
        }
        assertThat(names().subList(0, 10)).contains("new");
    }

    @Test
    void aCancelledCallEndsAtOnceWaitingOrShownAndTheOthersOfItsConnectionStay() throws Exception {
        PromptQueue queue = new PromptQueue(person, LONG);
        person.hold = new CountDownLatch(1);
        Client shown = call("mail", 1);
        Client waiting = call("mail", 2);
        Client staying = call("mail", 3);
        CompletableFuture<Answer> first = ask(queue, shown);
        await(() -> person.count() == 1);
        CompletableFuture<Answer> second = ask(queue, waiting);
        CompletableFuture<Answer> third = ask(queue, staying);
        await(() -> queue.open() == 3);
        queue.withdraw(waiting.caller());
        assertThat(kind(second)).isEqualTo(Failure.Kind.CANCELLED);
        assertThat(first.isDone()).isFalse();
        queue.withdraw(shown.caller());
        assertThat(kind(first)).isEqualTo(Failure.Kind.CANCELLED);
        await(() -> person.count() == 2);
        person.hold.countDown();
        third.get(10, TimeUnit.SECONDS);
        assertThat(kind(ask(queue, waiting))).as("asked after it was cancelled").isEqualTo(Failure.Kind.CANCELLED);
        assertThat(person.count()).isEqualTo(2);
    }

    @Test
    void aRevokedClientsQuestionsAreTakenBack() throws Exception {
        PromptQueue queue = new PromptQueue(person, LONG);
        person.hold = new CountDownLatch(1);
        CompletableFuture<Answer> shown = ask(queue, client("revoked"));
        await(() -> person.count() == 1);
        CompletableFuture<Answer> other = ask(queue, client("other"));
        CompletableFuture<Answer> waiting = ask(queue, client("revoked"));
        await(() -> queue.open() == 3);
        queue.withdrawAll("revoked");
        assertThat(kind(shown)).isEqualTo(Failure.Kind.CANCELLED);
        assertThat(kind(waiting)).isEqualTo(Failure.Kind.CANCELLED);
        person.hold.countDown();
        other.get(10, TimeUnit.SECONDS);
    }

    @Test
    void closingTakesBackEveryQuestionAndTakesNoMore() throws Exception {
        PromptQueue queue = new PromptQueue(person, LONG);
        person.hold = new CountDownLatch(1);
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            calls.add(ask(queue, client("client " + i)));
        }
        await(() -> queue.open() == 5);
        queue.close();
        for (CompletableFuture<Answer> call : calls) {
            assertThat(kind(call)).isEqualTo(Failure.Kind.CANCELLED);
        }
        assertThat(kind(ask(queue, client("late")))).isEqualTo(Failure.Kind.CANCELLED);
        assertThat(queue.open()).isZero();
        assertThat(person.interrupted).isTrue();
    }

    @Test
    void whoWaitsTooLongForTheTurnTimesOut() throws Exception {
        ScriptedPrompter stuck = new ScriptedPrompter();
        stuck.hold = new CountDownLatch(1);
        PromptQueue queue = new PromptQueue(stuck, Duration.ofMillis(150), PATIENT);
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            calls.add(ask(queue, client("client " + i)));
        }
        for (CompletableFuture<Answer> call : calls) {
            assertThat(kind(call)).isEqualTo(Failure.Kind.CONSENT_TIMEOUT);
        }
        assertThat(stuck.count()).as("shown in three times the time-out").isLessThan(10);
        assertThat(queue.open()).isZero();
    }

    /** Many callers that come, go and cancel at random; each call ends once, and one question is shown at a time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 20_251, 77})
    void everyCallIsAnsweredOnceWhateverHappens(long seed) throws Exception {
        Random random = new Random(seed);
        PromptQueue queue = new PromptQueue(person, Duration.ofMillis(400), PATIENT);
        AtomicInteger ends = new AtomicInteger();
        List<CompletableFuture<Answer>> calls = Collections.synchronizedList(new ArrayList<>());
        List<Client> live = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            switch (random.nextInt(8)) {
                case 0 -> person.decision = random.nextBoolean() ? Answer.Decision.ONCE : Answer.Decision.DENY;
                case 1 -> person.hold = new CountDownLatch(random.nextInt(2));
                case 2 -> person.hold.countDown();
                case 3 -> {
                    if (!live.isEmpty()) {
                        Caller gone = live.remove(random.nextInt(live.size())).caller();
                        queue.withdraw(random.nextBoolean() ? gone : plain(gone.connection()));
                    }
                }
                default -> {
                    Client client = call("client " + random.nextInt(6), i);
                    live.add(client);
                    calls.add(ask(queue, client).whenComplete((answer, failure) -> ends.incrementAndGet()));
                }
            }
            if (random.nextInt(10) == 0) {
                Thread.sleep(random.nextInt(5));
            }
        }
        person.hold.countDown();
        person.hold = new CountDownLatch(0);
        Map<Failure.Kind, Integer> kinds = new HashMap<>();
        int answers = 0;
        for (CompletableFuture<Answer> call : calls) {
            try {
                call.get(30, TimeUnit.SECONDS);
                answers++;
            } catch (ExecutionException ended) {
                assertThat(ended.getCause()).isInstanceOf(Failure.class);
                kinds.merge(((Failure) ended.getCause()).kind(), 1, Integer::sum);
            }
        }
        assertThat(ends).hasValue(calls.size());
        assertThat(answers).isPositive();
        assertThat(kinds.keySet())
                .isSubsetOf(Failure.Kind.CANCELLED, Failure.Kind.CONSENT_TIMEOUT, Failure.Kind.BUSY)
                .contains(Failure.Kind.CANCELLED);
        assertThat(person.mostAtOnce).hasValue(1);
        assertThat(person.atOnce).hasValue(0);
        assertThat(queue.open()).isZero();
        ask(queue, client("afterwards")).get(10, TimeUnit.SECONDS);
    }

    private List<String> names() {
        synchronized (person.asked) {
            return person.asked.stream()
                    .map(question -> ((Question.Change) question).clientName())
                    .toList();
        }
    }

    private static CompletableFuture<Answer> ask(PromptQueue queue, Client client) {
        return start(() -> queue.of(client)
                .ask(new Question.Change(client.caller(), client.id(), new PlannedChange.ForgetRefusals())));
    }

    private CompletableFuture<Answer> stranger(PromptQueue queue, String origin) {
        Caller caller = new Caller(Door.HTTP, origin, null, null, "http-" + connections.incrementAndGet());
        return start(() -> queue.ask(new Question.Change(caller, origin, new PlannedChange.ForgetRefusals())));
    }

    /** Asks something. */
    private interface Asking {
        Answer ask() throws Failure;
    }

    private static CompletableFuture<Answer> start(Asking asking) {
        CompletableFuture<Answer> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                done.complete(asking.ask());
            } catch (Failure | RuntimeException | Error thrown) {
                done.completeExceptionally(thrown);
            }
        });
        return done;
    }

    /** Over a connection of its own. */
    private Client client(String id) {
        return new Client(id, id, Set.of(Scope.SIGN), plain("connection " + connections.incrementAndGet()));
    }

    /** One call of several over one connection. */
    private static Client call(String id, long number) {
        return new Client(
                id, id, Set.of(Scope.SIGN), plain("connection of " + id).withCall(number));
    }

    private static Caller plain(String connection) {
        return new Caller(Door.HTTP, null, null, null, connection);
    }

    private static Failure.Kind kind(CompletableFuture<Answer> call) throws Exception {
        try {
            throw new AssertionError("answered: " + call.get(20, TimeUnit.SECONDS));
        } catch (ExecutionException ended) {
            assertThat(ended.getCause()).isInstanceOf(Failure.class);
            return ((Failure) ended.getCause()).kind();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 2000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
