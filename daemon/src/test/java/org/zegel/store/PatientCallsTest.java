package org.zegel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatientCallsTest {
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final PatientCalls calls = new PatientCalls();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void endAll() {
        end.countDown();
    }

    @Test
    void givesWhatTheCallGivesOrThrows() throws Exception {
        assertThat(calls.within(LONG, () -> 7, late -> {})).isEqualTo(7);
        assertThatThrownBy(() -> calls.within(LONG, PatientCallsTest::broken, late -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("broken");
        assertThatThrownBy(() -> calls.within(LONG, PatientCallsTest::wrong, late -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("wrong");
    }

    @Test
    void limitsHowManyAreUnderWayAndCountsThoseNobodyWaitsFor() throws Exception {
        for (int count = 1; count <= PatientCalls.MAX_UNDER_WAY; count++) {
            assertThatThrownBy(() -> calls.within(SHORT, this::waiting, late -> {}))
                    .isInstanceOf(TimeoutException.class);
            assertThat(calls.abandoned()).isEqualTo(count);
        }
        assertThatThrownBy(() -> calls.within(LONG, () -> 1, late -> {}))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("too many");
        end.countDown();
        long limit = System.nanoTime() + LONG.toNanos();
        while (calls.abandoned() > 0 && System.nanoTime() < limit) {
            Thread.sleep(5);
        }
        assertThat(calls.abandoned()).isZero();
    }

    private static Object broken() throws IOException {
        throw new IOException("broken");
    }

    private static Object wrong() {
        throw new IllegalStateException("wrong");
    }

    private Object waiting() throws InterruptedException {
        end.await();
        return 1;
    }
}
