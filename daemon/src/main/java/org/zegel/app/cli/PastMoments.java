package org.zegel.app.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Moments of the past, as a person types them: a day here, a moment with its offset, or how long ago. */
final class PastMoments {
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhdw])");

    private final Clock clock;
    private final ZoneId zone;

    PastMoments(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /** The moment, the first one of a day; null for null. */
    @Nullable
    Instant parse(String option, @Nullable String text) throws CommandError {
        if (text == null) {
            return null;
        }
        Matcher ago = AGO.matcher(text);
        try {
            if (ago.matches()) {
                return clock.instant().minus(unit(ago.group(2)).multipliedBy(Long.parseLong(ago.group(1))));
            }
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            throw new CommandError(
                    "usage", option + " takes 2026-03-01, 2026-03-01T10:00:00Z, or how long ago: 30m, 12h, 2d.");
        }
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }
}
