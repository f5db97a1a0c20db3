package org.zegel.app.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/** How much is logged. No level logs a secret or anything of a message. */
public enum LogLevel {
    INFO(Level.INFO),
    DEBUG(Level.FINE),
    TRACE(Level.ALL);

    /** Environment variable with the level of one process, {@code info}, {@code debug} or {@code trace}. */
    public static final String VARIABLE = "ZEGEL_LOG";

    private final Level level;

    LogLevel(Level level) {
        this.level = level;
    }

    public Level level() {
        return level;
    }

    /** What the environment asks for; empty when it asks for nothing or for what there is not. */
    public static Optional<LogLevel> of(Map<String, String> environment) {
        @Nullable String word = environment.get(VARIABLE);
        for (LogLevel each : values()) {
            if (word != null && each.name().equals(word.strip().toUpperCase(Locale.ROOT))) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
