package org.zegel.protocol;

/** The id a client gave its call: a string, or an integer that JavaScript can hold. */
public sealed interface CallId {
    /** Largest integer id, 2^53 - 1. */
    long MAX_NUMBER = (1L << 53) - 1;

    record Number(long number) implements CallId {}

    record Text(String text) implements CallId {}

    /** The id as Java value: a {@code Long} or a {@code String}. */
    default Object value() {
        return switch (this) {
            case Number number -> number.number();
            case Text text -> text.text();
        };
    }
}
