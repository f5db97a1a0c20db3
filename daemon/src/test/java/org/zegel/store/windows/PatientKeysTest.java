package org.zegel.store.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.SignatureScheme;

/** Keys behind a question of Windows that stands open until the test answers it. */
class PatientKeysTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    /** Enough for a fake that answers, on a busy machine too. */
    private static final Duration WHILE = Duration.ofSeconds(1);

    private static final Duration LONG = Duration.ofMinutes(1);

    private final CountDownLatch question = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final byte[] secret = {1, 2, 3};

    @AfterEach
    void answer() {
        question.countDown();
    }

    @Test
    void anUnansweredQuestionEndsTheUseAndItsLateAnswerIsWiped() throws Exception {
        NativeKey key =
                new PatientKeys(WHILE).open(() -> Optional.of(new Asking())).orElseThrow();
        WindowsException failed = unanswered(() -> key.pkcs1(new byte[1]));
        assertThat(WindowsWords.failure(failed).kind()).isEqualTo(Failure.Kind.CONSENT_TIMEOUT);
        assertThat(WindowsWords.decryption(failed).kind()).isEqualTo(Failure.Kind.CONSENT_TIMEOUT);
        key.close();
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
    void aKeyThatIsOpenedTooLateIsClosed() throws Exception {
        PatientKeys keys = new PatientKeys(SHORT);
        unanswered(() -> keys.open(() -> {
            ask();
            return Optional.of(new Asking());
        }));
        assertThat(closed.getCount()).isEqualTo(1);
        question.countDown();
        assertThat(closed.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void anAnswerInTimeIsGiven() throws Exception {
        question.countDown();
        NativeKey key =
                new PatientKeys(LONG).open(() -> Optional.of(new Asking())).orElseThrow();
        assertThat(key.sign(SignatureScheme.Kind.RSA_PKCS1, Digest.SHA256, new byte[32], 3))
                .containsExactly(1, 2, 3);
        assertThat(key.agree(new byte[1], 3)).containsExactly(1, 2, 3);
        key.close();
        assertThat(closed.getCount()).isZero();
        unanswered(() -> key.oaep(new byte[1], "SHA-1", new byte[0]));
    }

    private static WindowsException unanswered(ThrowingCallable call) {
        WindowsException failed = catchThrowableOfType(WindowsException.class, call);
        assertThat(failed.is(WindowsCode.ERROR_TIMEOUT)).isTrue();
        return failed;
    }

    private byte[] ask() {
        try {
            assertThat(question.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
        return secret;
    }

    private final class Asking implements NativeKey {
        @Override
        public boolean signs(SignatureScheme.Kind kind) {
            return true;
        }

        @Override
        public byte[] sign(SignatureScheme.Kind kind, Digest digest, byte[] hash, int length) {
            return ask();
        }

        @Override
        public byte[] pkcs1(byte[] encrypted) {
            return ask();
        }

        @Override
        public boolean knowsOaep(String digest, byte[] label) {
            return true;
        }

        @Override
        public byte[] oaep(byte[] encrypted, String digest, byte[] label) {
            return ask();
        }

        @Override
        public boolean agrees() {
            return true;
        }

        @Override
        public byte[] agree(byte[] blob, int length) {
            return ask();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
