package org.zegel.consent.dialog;

import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * In which language Zegel asks, and how its windows look.
 *
 * @param dark asked anew for each window, so that a change of the system's look counts at once
 */
public record Appearance(Locale locale, BooleanSupplier dark) {
    /** Light windows in the language of this process. */
    public static Appearance usual() {
        return new Appearance(Locale.getDefault(), () -> false);
    }
}
