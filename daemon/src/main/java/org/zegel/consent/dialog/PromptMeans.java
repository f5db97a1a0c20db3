package org.zegel.consent.dialog;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the person is asked.
 *
 * @param program the pinentry program; empty: one with a usual name
 * @param timeout how long a question stays open, for programs that must know it
 */
public record PromptMeans(Kind kind, Optional<Path> program, Duration timeout) {
    /** By what. */
    public enum Kind {
        /** The terminal that the caller names, else the display, else pinentry. */
        AUTO,
        DISPLAY,
        PINENTRY,
        TERMINAL
    }

    /** Whatever there is. */
    public static final PromptMeans USUAL = new PromptMeans(Kind.AUTO, Optional.empty(), Duration.ofMinutes(2));
}
