package org.zegel.consent.dialog;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The languages that Zegel asks in: those that there is a file {@code texts_xx.properties} of, and English. */
public final class Languages {
    /** Two letters each, English first. */
    public static final List<String> ALL = Stream.concat(
                    Stream.of("en"), Stream.of(Locale.getISOLanguages()).filter(Languages::isThere))
            .toList();

    private Languages() {}

    private static boolean isThere(String language) {
        return Languages.class.getResource("texts_" + language + ".properties") != null;
    }
}
