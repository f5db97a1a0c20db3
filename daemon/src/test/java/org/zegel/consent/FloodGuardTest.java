package org.zegel.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FloodGuardTest {
    private static final FloodGuard.Rules RULES = FloodGuard.Rules.USUAL;

    private long now = Long.MAX_VALUE - 5;
    private final FloodGuard guard = new FloodGuard(RULES, () -> now);

    @Test
    void aFewRefusalsCostNothing() {
        refuse("a", RULES.slowAfter() - 1);
        assertThat(guard.pause("a")).isZero();
        assertThat(guard.cut("a")).isZero();
    }

    @Test
    void eachFurtherRefusalDoublesThePause() {
        refuse("a", RULES.slowAfter());
        assertThat(guard.pause("a")).isEqualTo(Duration.ofSeconds(2));
        pass(Duration.ofSeconds(2).minusNanos(1));
        assertThat(guard.pause("a")).isEqualTo(Duration.ofNanos(1));
        pass(Duration.ofNanos(1));
        assertThat(guard.pause("a")).isZero();
        refuse("a", 1);
        assertThat(guard.pause("a")).isEqualTo(Duration.ofSeconds(4));
        refuse("a", 3);
        assertThat(guard.pause("a")).isEqualTo(Duration.ofSeconds(32));
        assertThat(guard.cut("a")).isZero();
        assertThat(guard.pause("b")).isZero();
    }

    @Test
    void cutsOffForLongerEachTimeButNotForEver() {
        refuse("a", RULES.cutAfter());
        assertThat(guard.cut("a")).isEqualTo(Duration.ofMinutes(1));
        pass(Duration.ofMinutes(1));
        assertThat(guard.cut("a")).isZero();
        assertThat(guard.pause("a")).isZero();
        refuse("a", 1);
        assertThat(guard.cut("a")).isEqualTo(Duration.ofMinutes(2));
        refuse("a", 60);
        assertThat(guard.cut("a")).isEqualTo(RULES.longestCut());
        pass(RULES.longestCut());
        assertThat(guard.cut("a")).isZero();
    }

    @Test
    void aYesMakesGoodAgainAndSoDoesTime() {
        refuse("a", RULES.cutAfter());
        guard.note("a", FloodGuard.End.ALLOWED);
        assertThat(guard.cut("a")).isZero();
        assertThat(guard.pause("a")).isZero();
        refuse("a", RULES.cutAfter() + 10);
        pass(RULES.forgotten());
        refuse("a", 1);
        assertThat(guard.cut("a")).isZero();
        assertThat(guard.pause("a")).isZero();
    }

    @Test
    void whatNobodyAnswersSlowsAndNeverCutsOff() {
        for (int i = 0; i < 40 * RULES.cutAfter(); i++) {
            guard.note("a", FloodGuard.End.UNANSWERED);
            assertThat(guard.cut("a")).isZero();
        }
        assertThat(guard.pause("a")).isEqualTo(Duration.ofSeconds(32));
        pass(Duration.ofSeconds(32));
        assertThat(guard.pause("a")).isZero();
    }

    @Test
    void unansweredQuestionsNeitherMakeGoodNorProlongACutNorKeepRefusalsAlive() {
        refuse("a", RULES.cutAfter() - 1);
        guard.note("a", FloodGuard.End.UNANSWERED);
        assertThat(guard.cut("a")).isZero();
        refuse("a", 1);
        assertThat(guard.cut("a")).isEqualTo(Duration.ofMinutes(1));
        pass(Duration.ofSeconds(59));
        guard.note("a", FloodGuard.End.UNANSWERED);
        pass(Duration.ofSeconds(1));
        assertThat(guard.cut("a")).isZero();
        pass(RULES.forgotten().dividedBy(2));
        guard.note("a", FloodGuard.End.UNANSWERED);
        pass(RULES.forgotten().dividedBy(2));
        refuse("a", RULES.cutAfter() - 1);
        assertThat(guard.cut("a")).isZero();
        refuse("a", 1);
        assertThat(guard.cut("a")).isPositive();
    }

    @Test
    void remembersABoundedNumberTheLatestOnes() {
        for (int i = 0; i < 10_000; i++) {
            refuse("asker " + i, RULES.cutAfter());
        }
        assertThat(guard.cut("asker 9999")).isPositive();
        assertThat(guard.cut("asker 9744")).isPositive();
        assertThat(guard.cut("asker 9743")).isZero();
    }

    private void refuse(String key, int times) {
        for (int i = 0; i < times; i++) {
            guard.note(key, FloodGuard.End.REFUSED);
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
