package org.zegel.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SleepsTest {
    private final AtomicLong sinceStart = new AtomicLong(500_000);
    private final AtomicLong awake = new AtomicLong(77);

    @Test
    void tellsASleepOnce() {
        Sleeps sleeps = new Sleeps(sinceStart::get, awake::get);
        pass(3_600_000, 3_600_000);
        assertThat(sleeps.since()).isFalse();
        pass(60_000, 58_000);
        assertThat(sleeps.since()).isTrue();
        assertThat(sleeps.since()).isFalse();
        pass(60_000, 58_001);
        assertThat(sleeps.since()).isFalse();
    }

    @Test
    void nothingIsToldWhereTheSystemDoesNotCount() {
        sinceStart.set(-1);
        Sleeps sleeps = new Sleeps(sinceStart::get, awake::get);
        awake.set(-1_000_000);
        assertThat(sleeps.since()).isFalse();
    }

    @Test
    void thisMachineDidNotSleepJustNow() {
        assertThat(new Sleeps().since()).isFalse();
    }

    private void pass(long withSleep, long without) {
        sinceStart.addAndGet(withSleep);
        awake.addAndGet(without);
    }
}
