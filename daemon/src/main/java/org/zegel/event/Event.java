package org.zegel.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something happened that clients may want to know.
 *
 * @param name {@code token.inserted}, {@code token.removed}, {@code certificate.expiring}, {@code progress}
 * @param connection the only connection it is for; null for all subscribers
 * @param data strings, numbers and booleans
 */
public record Event(String name, @Nullable String connection, Map<String, Object> data) {
    public Event {
        data = Map.copyOf(data);
    }
}
