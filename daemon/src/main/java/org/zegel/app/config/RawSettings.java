package org.zegel.app.config;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;
import org.zegel.model.Sha256;

/**
 * Settings as some source has them, names and types not yet checked.
 *
 * @param source what the person knows the source by, such as {@code config.toml}
 * @param values full name ({@code daemon.idle-minutes}) to value
 */
record RawSettings(String source, Map<String, Value> values) {
    /**
     * One value.
     *
     * @param value a String, Long, Boolean or List of String; anything else has no place in the settings
     * @param line where it stands, from 1; 0 where the source has no lines or it was not found
     */
    record Value(Object value, int line) {}

    RawSettings {
        values = Map.copyOf(values);
    }

    static RawSettings none(String source) {
        return new RawSettings(source, Map.of());
    }

    /** SHA-256, in hexadecimal, of all names and values, in order of the names; null when there are none. */
    @Nullable
    String digest() {
        if (values.isEmpty()) {
            return null;
        }
        StringBuilder all = new StringBuilder();
        new TreeMap<>(values)
                .forEach((name, value) ->
                        all.append(name).append('=').append(value.value()).append('\n'));
        return Sha256.hex(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    Failure refusal(int line, String what) {
        String where = line > 0 ? source + ", line " + line : source;
        return new Failure(Failure.Kind.INVALID_PARAMETERS, where + ": " + what);
    }
}
