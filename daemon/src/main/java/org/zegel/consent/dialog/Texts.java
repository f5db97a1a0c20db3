package org.zegel.consent.dialog;

import java.text.MessageFormat;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.ResourceBundle;

/** Zegel's own words in the person's language, English or Dutch, on the day that they are said. */
final class Texts {
    private final ResourceBundle bundle;
    private final Locale locale;
    private final Clock clock;

    Texts(Locale locale, Clock clock) {
        this.locale = locale;
        this.clock = clock;
        this.bundle = ResourceBundle.getBundle(
                "org.zegel.consent.dialog.texts",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    Locale locale() {
        return locale;
    }

    Instant now() {
        return clock.instant();
    }

    String get(String key, Object... values) {
        String text = bundle.getString(key);
        return values.length == 0 ? text : new MessageFormat(text, locale).format(values);
    }
}
