package org.zegel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LastUseTest {
    private final AtomicInteger released = new AtomicInteger();
    private final LastUse use = new LastUse(released::incrementAndGet);

    @Test
    void isLetGoOfOnceWhenItIsClosed() {
        use.close();
        use.close();
        assertThat(released).hasValue(1);
        assertThat(use.begin()).isFalse();
    }

    @Test
    void waitsForTheLastUseOfTwo() {
        assertThat(use.begin()).isTrue();
        assertThat(use.begin()).isTrue();
        use.close();
        use.end();
        assertThat(released).hasValue(0);
        use.end();
        assertThat(released).hasValue(1);
    }

    @Test
    void staysBetweenUses() {
        assertThat(use.begin()).isTrue();
        use.end();
        assertThat(released).hasValue(0);
        assertThat(use.begin()).isTrue();
        use.end();
        use.close();
        assertThat(released).hasValue(1);
    }
}
