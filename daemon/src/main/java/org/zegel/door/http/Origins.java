package org.zegel.door.http;

import java.util.function.Predicate;

/** What is known of the Origins that call. */
@FunctionalInterface
public interface Origins {
    /** Whether a client of this Origin has been paired. */
    boolean isPaired(String origin);

    /** Whether it may greet and ask to be paired. One that may not is told what every stranger is told elsewhere. */
    default boolean mayAsk(String origin) {
        return true;
    }

    /** Of two questions to somebody else. */
    static Origins of(Predicate<String> paired, Predicate<String> mayAsk) {
        return new Origins() {
            @Override
            public boolean isPaired(String origin) {
                return paired.test(origin);
            }

            @Override
            public boolean mayAsk(String origin) {
                return mayAsk.test(origin);
            }
        };
    }
}
