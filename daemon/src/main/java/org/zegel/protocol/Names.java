package org.zegel.protocol;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.zegel.model.KebabCase;

/** How Java names are written on the wire. */
final class Names {
    /** Components whose wire name is no Java name. */
    private static final Map<String, String> RENAMED = Map.of("protectedFields", "protected");

    private Names() {}

    static String of(RecordComponent component) {
        return RENAMED.getOrDefault(component.getName(), component.getName());
    }

    /** Lower-case kebab-case, for instance {@code not-yet-valid}. */
    static String of(Enum<?> value) {
        return KebabCase.of(value);
    }

    static Optional<Object> constant(Class<?> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> of((Enum<?>) value).equals(name))
                .map(value -> (Object) value)
                .findFirst();
    }
}
