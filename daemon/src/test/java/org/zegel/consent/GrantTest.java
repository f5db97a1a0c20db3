package org.zegel.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.model.Door;
import org.zegel.model.IdentityId;
import org.zegel.model.Scope;

class GrantTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final IdentityId ALICE = new IdentityId("alice");
    private static final IdentityId BOB = new IdentityId("bob");
    private static final Grant GRANT =
            new Grant(Set.of(Scope.SIGN), Set.of(ALICE), Asking.minutes(5), NOW.plusSeconds(60));

    @Test
    void anyRespectInWhichItLetsMoreIsMore() {
        List<Grant> more = List.of(
                new Grant(Set.of(Scope.SIGN, Scope.DECRYPT), GRANT.identities(), GRANT.asking(), GRANT.expiresAt()),
                new Grant(GRANT.scopes(), Set.of(ALICE, BOB), GRANT.asking(), GRANT.expiresAt()),
                new Grant(GRANT.scopes(), Set.of(BOB), GRANT.asking(), GRANT.expiresAt()),
                new Grant(GRANT.scopes(), null, GRANT.asking(), GRANT.expiresAt()),
                new Grant(GRANT.scopes(), GRANT.identities(), Asking.minutes(6), GRANT.expiresAt()),
                new Grant(GRANT.scopes(), GRANT.identities(), Asking.NEVER, GRANT.expiresAt()),
                new Grant(GRANT.scopes(), GRANT.identities(), GRANT.asking(), NOW.plusSeconds(61)),
                new Grant(GRANT.scopes(), GRANT.identities(), GRANT.asking(), null),
                new Grant(Set.of(Scope.VERIFY), Set.of(), Asking.EACH_TIME, NOW));
        assertThat(more).allMatch(grant -> grant.exceeds(GRANT));
    }

    @Test
    void lessInEveryRespectIsNotMore() {
        List<Grant> less = List.of(
                GRANT,
                new Grant(Set.of(), Set.of(), Asking.EACH_TIME, NOW),
                new Grant(GRANT.scopes(), GRANT.identities(), Asking.minutes(4), GRANT.expiresAt()),
                new Grant(GRANT.scopes(), GRANT.identities(), Asking.USUAL, GRANT.expiresAt()));
        assertThat(less).noneMatch(grant -> grant.exceeds(GRANT));
        assertThat(less)
                .noneMatch(grant -> grant.exceeds(Grant.of(Set.of(Scope.SIGN)).withAsking(Asking.NEVER)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"each-time", "usual", "never", "minutes=1", "minutes=1440"})
    void everyWordMeansWhatItSays(String word) {
        assertThat(Asking.parse(word))
                .hasValueSatisfying(asking -> assertThat(asking.word()).isEqualTo(word));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "minutes", "minutes=0", "minutes=1441", "minutes=-1", "minutes=99999", "NEVER", "always"})
    void otherWordsMeanNothing(String word) {
        assertThat(Asking.parse(word)).isEmpty();
    }

    @Test
    void aPeriodIsFromAMinuteToADay() {
        assertThat(Asking.minutes(Asking.MAX_MINUTES).period()).isEqualTo(Duration.ofDays(1));
        assertThatThrownBy(() -> Asking.minutes(Asking.MAX_MINUTES + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Asking.minutes(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thePolicyLeavesOfAGrantWhatItAllows() {
        ClientPolicy policy = policy(Set.of(Scope.SIGN, Scope.VERIFY), Duration.ofMinutes(2), Duration.ofDays(1));
        Grant left = policy.limit(Grant.of(EnumSet.allOf(Scope.class)).withAsking(Asking.NEVER), NOW);
        assertThat(left.scopes()).containsExactlyInAnyOrder(Scope.SIGN, Scope.VERIFY);
        assertThat(left.asking()).isEqualTo(Asking.minutes(2));
        assertThat(left.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
        Grant short1 = new Grant(Set.of(Scope.SIGN), Set.of(ALICE), Asking.minutes(1), NOW.plusSeconds(5));
        assertThat(policy.limit(short1, NOW)).isEqualTo(short1);
        ClientPolicy eachTime = policy(EnumSet.allOf(Scope.class), Duration.ZERO, null);
        assertThat(eachTime.limit(short1, NOW).asking()).isEqualTo(Asking.EACH_TIME);
        assertThat(ClientPolicy.OPEN.limit(short1, NOW)).isEqualTo(short1);
    }

    @Test
    void nobodyIsApprovedByANameOfItsOwn() {
        ClientPolicy policy = new ClientPolicy(
                Set.of(),
                Set.of(),
                Map.of("Mail", Set.of(Scope.SIGN), "abc", Set.of(Scope.SIGN)),
                Set.of(Scope.SIGN),
                null,
                null);
        assertThat(policy.approvedScopes(Door.SOCKET, null)).isEmpty();
        assertThat(policy.approvedScopes(Door.SOCKET, "Mail")).isEmpty();
        assertThat(policy.approvedScopes(Door.HTTP, null)).isEmpty();
        assertThat(policy.approvedScopes(Door.NATIVE_MESSAGING, "chrome-extension://abc/"))
                .contains(Set.of(Scope.SIGN));
        assertThat(policy.approvedScopes(Door.NATIVE_MESSAGING, "chrome-extension://abcd/"))
                .isEmpty();
    }

    @Test
    void whoeverIsNamedInTwoWaysIsApprovedForBoth() {
        ClientPolicy policy = new ClientPolicy(
                Set.of(),
                Set.of(),
                Map.of("abc", Set.of(Scope.SIGN), "chrome-extension://abc/", Set.of(Scope.VERIFY, Scope.MANAGE)),
                Set.of(Scope.SIGN, Scope.VERIFY),
                null,
                null);
        assertThat(policy.approvedScopes(Door.NATIVE_MESSAGING, "chrome-extension://abc/"))
                .contains(Set.of(Scope.SIGN, Scope.VERIFY));
    }

    private static ClientPolicy policy(Set<Scope> scopes, Duration yes, Duration grant) {
        return new ClientPolicy(Set.of(), Set.of(), Map.of(), scopes, yes, grant);
    }
}
