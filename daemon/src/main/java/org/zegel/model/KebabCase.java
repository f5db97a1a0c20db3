package org.zegel.model;

import java.util.Locale;

/** Constants as they are written outside: {@code NOT_YET_VALID} is {@code not-yet-valid}. */
public final class KebabCase {
    private KebabCase() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
