package org.zegel.app.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Moments to come, as a person types them. */
final class Moments {
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([hd])");

    private Moments() {}

    /** The end of a day, a span of hours or days from now, or a moment; null for {@code never}. */
    static @Nullable Instant parse(String option, String text, Clock clock) throws CommandError {
        if (text.equals("never")) {
            return null;
        }
        Matcher span = SPAN.matcher(text);
        if (span.matches()) {
            int number = Integer.parseInt(span.group(1));
            return clock.instant()
                    .truncatedTo(ChronoUnit.SECONDS)
                    .plus(span.group(2).equals("h") ? Duration.ofHours(number) : Duration.ofDays(number));
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text)
                            .plusDays(1)
                            .atStartOfDay(clock.getZone())
                            .toInstant();
        } catch (DateTimeException none) {
            throw new CommandError(
                    "invalid-parameters",
                    option + " must be never, hours (12h), days (30d), a day (2026-12-31) or a moment"
                            + " (2026-12-31T12:00:00Z).");
        }
    }
}
