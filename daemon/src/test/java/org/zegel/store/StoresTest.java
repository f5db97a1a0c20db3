package org.zegel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StoresTest {
    /** Has no store, and counts how often it was told to look for some. */
    private static final class Counting implements StoreSource {
        private final AtomicInteger looks = new AtomicInteger();

        @Override
        public List<Store> stores() {
            looks.incrementAndGet();
            return List.of();
        }

        @Override
        public List<Store> known() {
            return List.of();
        }
    }

    @Test
    void whatIsAtHandIsListedWithoutLookingForTokens() {
        Counting source = new Counting();
        Stores stores = new Stores(() -> {}, List.of(source));

        assertThat(stores.identitiesAtHand()).isEmpty();
        assertThat(source.looks).hasValue(0);
        assertThat(stores.identities()).isEmpty();
        assertThat(source.looks).hasValue(1);
    }
}
