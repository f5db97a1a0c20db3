package org.zegel.consent;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zegel.model.KebabCase;

/**
 * How often a client's use of a key is asked about. Only signing and decrypting of whole messages can go without a
 * question; what cannot be shown, exports and changes are always asked.
 *
 * @param period how long a yes counts, for {@link Kind#MINUTES} alone, in whole minutes; else zero
 */
public record Asking(Kind kind, Duration period) {
    /** In the order of what they let through. */
    public enum Kind {
        /** Every use. */
        EACH_TIME,
        /** The person chooses in the question: this once, for a while, or for good. */
        USUAL,
        /** Once in the period, for each key and use. */
        MINUTES,
        /** Not at all. */
        NEVER
    }

    /** Longest period, in minutes: a day. */
    public static final int MAX_MINUTES = 24 * 60;

    public static final Asking EACH_TIME = new Asking(Kind.EACH_TIME, Duration.ZERO);
    public static final Asking USUAL = new Asking(Kind.USUAL, Duration.ZERO);
    public static final Asking NEVER = new Asking(Kind.NEVER, Duration.ZERO);

    private static final Pattern MINUTES = Pattern.compile("minutes=([1-9][0-9]{0,3})");

    public Asking {
        boolean fits = kind == Kind.MINUTES
                ? period.toMinutes() >= 1
                        && period.toMinutes() <= MAX_MINUTES
                        && period.equals(Duration.ofMinutes(period.toMinutes()))
                : period.isZero();
        if (!fits) {
            throw new IllegalArgumentException("no period for " + kind + ": " + period);
        }
    }

    /** Once in so many minutes, from 1 to {@value #MAX_MINUTES}. */
    public static Asking minutes(int minutes) {
        return new Asking(Kind.MINUTES, Duration.ofMinutes(minutes));
    }

    /** Whether less is asked than with the other. */
    boolean asksLessThan(Asking other) {
        int order = kind.compareTo(other.kind);
        return order > 0 || (order == 0 && period.compareTo(other.period) > 0);
    }

    /** As it is written outside: {@code each-time}, {@code usual}, {@code minutes=N} or {@code never}. */
    public String word() {
        return kind == Kind.MINUTES ? "minutes=" + period.toMinutes() : KebabCase.of(kind);
    }

    /** What the word means; empty when it is none. */
    public static Optional<Asking> parse(String word) {
        return switch (word) {
            case "each-time" -> Optional.of(EACH_TIME);
            case "usual" -> Optional.of(USUAL);
            case "never" -> Optional.of(NEVER);
            default -> {
                Matcher minutes = MINUTES.matcher(word);
                yield minutes.matches() && Integer.parseInt(minutes.group(1)) <= MAX_MINUTES
                        ? Optional.of(minutes(Integer.parseInt(minutes.group(1))))
                        : Optional.empty();
            }
        };
    }
}
