package org.zegel.store.macos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A keychain behind a question of macOS that stands open until the test answers it. */
class PatientKeychainTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    /** Enough for a fake that answers, on a busy machine too. */
    private static final Duration WHILE = Duration.ofSeconds(1);

    private static final Duration LONG = Duration.ofMinutes(1);

    private final CountDownLatch question = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger listings = new AtomicInteger();
    private final byte[] secret = {1, 2, 3};

    @AfterEach
    void answer() {
        question.countDown();
    }

    @Test
    void aListingThatHangsEndsAndTheNextOneDoesNotWait() {
        PatientKeychain keychain = new PatientKeychain(new Slow(true), SHORT, LONG);
        assertThat(domain(keychain::identities)).isEqualTo(KeychainError.SLOW);
        assertThat(domain(keychain::certificates)).isEqualTo(KeychainError.SLOW);
        assertThat(listings).as("listings that were begun").hasValue(1);
    }

    @Test
    void aListingIsTriedAgainWhenTheOneThatHungIsOver() throws Exception {
        PatientKeychain keychain = new PatientKeychain(new Slow(true), SHORT, LONG);
        assertThat(domain(keychain::identities)).isEqualTo(KeychainError.SLOW);
        question.countDown();
        List<byte[]> found = null;
        long end = System.nanoTime() + LONG.toNanos();
        while (found == null && System.nanoTime() < end) {
            try {
                found = keychain.identities();
            } catch (KeychainError stillSlow) {
                Thread.sleep(5);
            }
        }
        assertThat(found).hasSize(1);
    }

    @Test
    void whileMacosAsksWhatWasThereBeforeIsListed() throws Exception {
        PatientKeychain keychain = new PatientKeychain(new Slow(false), LONG, LONG);
        List<byte[]> before = keychain.identities();
        Keychain.Key key = keychain.key(new byte[1]).orElseThrow();
        Thread user = Thread.ofPlatform().start(() -> {
            try {
                key.sign(SecAlgorithm.ECDSA_SHA256, new byte[32]);
            } catch (KeychainError failed) {
                throw new IllegalStateException(failed);
            }
        });
        assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keychain.identities()).isSameAs(before);
        assertThat(listings).hasValue(1);
        question.countDown();
        assertThat(user.join(LONG)).isTrue();
        key.close();
        assertThat(keychain.identities()).isEqualTo(before);
        assertThat(listings).hasValue(2);
    }

    @Test
    void anUnansweredQuestionEndsTheUseAndItsLateAnswerIsWiped() throws Exception {
        PatientKeychain keychain = new PatientKeychain(new Slow(false), LONG, WHILE);
        Keychain.Key key = keychain.key(new byte[1]).orElseThrow();
        assertThat(domain(() -> key.decrypt(SecAlgorithm.DECRYPT_PKCS1, new byte[1])))
                .isEqualTo(KeychainError.UNANSWERED);
        key.close();
        assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(closed.getCount()).as("still in use").isEqualTo(1);
        question.countDown();
        assertThat(closed.await(1, TimeUnit.MINUTES))
                .as("let go of after the use")
                .isTrue();
        long end = System.nanoTime() + LONG.toNanos();
        while (secret[0] != 0 && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertThat(secret).containsOnly(0);
    }

    @Test
    void aCardThatDoesNotTellWhatItsKeyCanIsNotWaitedFor() throws Exception {
        PatientKeychain keychain = new PatientKeychain(new Slow(false), Duration.ofSeconds(2), LONG);
        Keychain.Key key = keychain.key(new byte[1]).orElseThrow();
        assertThat(key.supports(SecAlgorithm.ECDSA_SHA256)).isTrue();
        assertThat(key.supports(SecAlgorithm.AGREE)).isFalse();
        key.close();
        assertThat(closed.getCount()).as("still being asked").isEqualTo(1);
        question.countDown();
        assertThat(closed.await(1, TimeUnit.MINUTES)).isTrue();
    }

    private static String domain(ThrowingCallable call) {
        return catchThrowableOfType(KeychainError.class, call).domain();
    }

    /** Its listings, or else the uses of its key, wait for the answer. */
    private final class Slow implements Keychain {
        private final boolean listing;

        Slow(boolean listing) {
            this.listing = listing;
        }

        @Override
        public List<byte[]> identities() {
            listings.incrementAndGet();
            if (listing) {
                ask();
            }
            return List.of(secret);
        }

        @Override
        public List<byte[]> certificates() {
            return identities();
        }

        @Override
        public Optional<Key> key(byte[] certificate) {
            return Optional.of(new Key() {
                @Override
                public boolean supports(SecAlgorithm algorithm) {
                    if (algorithm == SecAlgorithm.AGREE) {
                        ask();
                    }
                    return true;
                }

                @Override
                public byte[] sign(SecAlgorithm algorithm, byte[] digest) {
                    return ask();
                }

                @Override
                public byte[] decrypt(SecAlgorithm algorithm, byte[] ciphertext) {
                    return ask();
                }

                @Override
                public byte[] agree(byte[] point) {
                    return ask();
                }

                @Override
                public void close() {
                    closed.countDown();
                }
            });
        }

        private byte[] ask() {
            asked.countDown();
            try {
                assertThat(question.await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
            return secret;
        }
    }
}
