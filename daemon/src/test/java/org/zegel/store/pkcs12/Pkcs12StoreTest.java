package org.zegel.store.pkcs12;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.zegel.consent.SecretQuestion;
import org.zegel.consent.TestConsent;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.store.BoundKey;
import org.zegel.store.StoreInfo;

/** Listing, unlocking and using keys. */
class Pkcs12StoreTest extends StoreFixture {
    @Test
    void isMadeAtTheFirstImportAndUsable() throws Exception {
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.EMPTY);
        assertThat(store.identities()).isEmpty();
        TestConsent person = TestConsent.person(FILE, STORE);
        Identity alice =
                administration().importFile(p12(ALICE), person.forChange()).getFirst();
        assertThat(person.asked())
                .extracting(SecretQuestion::kind)
                .containsExactly(SecretQuestion.Kind.FILE_PASSPHRASE, SecretQuestion.Kind.NEW_PASSPHRASE);
        assertThat(alice.certificate()).isEqualTo(ALICE.certificate());
        assertThat(alice.chain()).isEqualTo(ALICE.chain());
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.UNLOCKED);
        signs(store.bind(alice, TestConsent.granting(alice)), ALICE);
    }

    @Test
    void listsWithoutAPassphraseAfterARestart() throws Exception {
        Identity alice = imported(ALICE);
        Pkcs12Store restarted = restarted();
        assertThat(restarted.identities()).containsExactly(alice);
        assertThat(restarted.info().state()).isEqualTo(StoreInfo.State.LOCKED);
        assertThat(restarted.all()).isEqualTo(ALICE.chain());
        signs(restarted.bind(alice, TestConsent.granting(alice, STORE)), ALICE);
        signs(restarted.bind(alice, TestConsent.granting(alice)), ALICE);
    }

    @Test
    void aWrongPassphraseIsSaidOnceAndNotTriedAgain() throws Exception {
        Identity alice = imported(ALICE);
        store.lock();
        TestConsent person = TestConsent.person("wrong".toCharArray(), STORE);
        assertThat(failing(() -> store.bind(alice, person.forKeyUse(alice)))).isEqualTo(Failure.Kind.PIN_INCORRECT);
        assertThat(person.asked()).hasSize(1);
        signs(store.bind(alice, person.forKeyUse(alice)), ALICE);
        assertThat(person.asked()).extracting(SecretQuestion::previousWrong).containsExactly(false, true);
    }

    @Test
    void asksAgainWhenLockedOrWhenTheTimeIsOver() throws Exception {
        Identity alice = imported(ALICE);
        clock.advance(MINUTES.minusSeconds(1));
        assertThatCode(() -> store.bind(alice, TestConsent.granting(alice))).doesNotThrowAnyException();
        clock.advance(Duration.ofSeconds(1));
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.LOCKED);
        assertThat(failing(() -> store.bind(alice, TestConsent.granting(alice))))
                .isEqualTo(Failure.Kind.PIN_CANCELLED);
        signs(store.bind(alice, TestConsent.granting(alice, STORE)), ALICE);
        store.lock();
        assertThat(failing(() -> store.bind(alice, TestConsent.granting(alice))))
                .isEqualTo(Failure.Kind.PIN_CANCELLED);
    }

    @Test
    void aClockThatIsSetBackKeepsNothingOpenLonger() throws Exception {
        Identity alice = imported(ALICE);
        clock.advance(Duration.ofHours(-1));
        assertThat(failing(() -> store.bind(alice, TestConsent.granting(alice))))
                .isEqualTo(Failure.Kind.PIN_CANCELLED);
    }

    @Test
    void keysAreLockedAfterTheirTimeThoughTheClockStandsStill() throws Exception {
        Identity alice = imported(ALICE);
        Pkcs12Store hasty = new Pkcs12Store(file, clock, Duration.ofMillis(1), FEW_ITERATIONS);
        signs(hasty.bind(alice, TestConsent.granting(alice, STORE)), ALICE);
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (hasty.info().state() != StoreInfo.State.LOCKED && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(hasty.info().state()).isEqualTo(StoreInfo.State.LOCKED);
    }

    @Test
    void withoutACacheEveryUseAsksAndNothingStaysOpen() throws Exception {
        Identity alice = imported(ALICE);
        Pkcs12Store uncached = new Pkcs12Store(file, clock, Duration.ZERO, FEW_ITERATIONS);
        for (int i = 0; i < 2; i++) {
            TestConsent person = TestConsent.person(STORE);
            try (BoundKey key = uncached.bind(alice, person.forKeyUse(alice))) {
                assertThat(uncached.info().state()).isEqualTo(StoreInfo.State.LOCKED);
                signs(key, ALICE);
            }
            assertThat(person.asked()).hasSize(1);
        }
    }

    @Test
    void locksByItsCapability() throws Exception {
        imported(ALICE);
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.UNLOCKED);
        store.locking().orElseThrow().lock();
        assertThat(store.info().state()).isEqualTo(StoreInfo.State.LOCKED);
    }

    @Test
    void keysGoWithTheFileThatIsTakenAway() throws Exception {
        Identity alice = imported(ALICE);
        byte[] keys = Files.readAllBytes(file);
        Files.delete(file);
        assertThat(failing(() -> store.bind(alice, TestConsent.granting(alice, STORE))))
                .isEqualTo(Failure.Kind.IDENTITY_NOT_FOUND);
        Files.write(file, keys);
        assertThat(failing(() -> store.bind(alice, TestConsent.granting(alice))))
                .isEqualTo(Failure.Kind.PIN_CANCELLED);
    }

    @Test
    void needsAConsentForThisVeryIdentity() throws Exception {
        Identity alice = imported(ALICE);
        Identity bob = imported(BOB);
        assertThat(failing(() -> store.bind(alice, TestConsent.granting(bob)))).isEqualTo(Failure.Kind.CONSENT_DENIED);
        assertThat(failing(() -> store.bind(alice, TestConsent.change()))).isEqualTo(Failure.Kind.CONSENT_DENIED);
    }

    @Test
    void holdsSeveralIdentitiesOfOneAddressAndKnowsRetiredOnes() throws Exception {
        TestIdentity old = CA.issue(Spec.mail("Alice", "alice@example.org")
                .validity(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2024-01-01T00:00:00Z")));
        imported(ALICE);
        Identity retired = imported(old);
        assertThat(retired.retired()).isTrue();
        assertThat(store.identities()).hasSize(2).filteredOn(Identity::retired).containsExactly(retired);
        signs(store.bind(retired, TestConsent.granting(retired)), old);
    }
}
