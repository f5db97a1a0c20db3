package org.zegel.app.bench;

import java.time.Duration;
import java.util.List;
import org.zegel.trust.throwaway.ThrowawayAuthority.Kind;

/**
 * What is measured, and for how long.
 *
 * @param sizes of messages, in bytes
 * @param ciphers as {@code message.encrypt} names them
 * @param warmUp before each figure, at least {@link #LEAST} times
 * @param time for each figure, at least {@link #LEAST} times
 * @param clients at once, each with a connection of its own
 */
public record BenchOptions(
        List<Operation> operations,
        List<Long> sizes,
        List<Kind> keys,
        List<String> ciphers,
        List<Door> doors,
        Duration warmUp,
        Duration time,
        int clients) {
    /** How often a thing is done at least before it is told how long it takes. */
    static final int LEAST = 3;

    public BenchOptions {
        operations = List.copyOf(operations);
        sizes = List.copyOf(sizes);
        keys = List.copyOf(keys);
        ciphers = List.copyOf(ciphers);
        doors = List.copyOf(doors);
    }
}
