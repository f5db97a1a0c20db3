package org.zegel.protocol;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All methods, found by walking the sealed {@link Request}: a new record is a new method. */
public final class Methods {
    /** One method: its annotation and the record of its parameters. */
    public record Definition(Method method, Class<? extends Request> type) {
        public String name() {
            return method.value();
        }

        /** Whether the client asked for progress events, where the method can give them. */
        public boolean wantsProgress(Request request) {
            return Arrays.stream(type.getRecordComponents())
                    .filter(component -> component.getName().equals("progress"))
                    .anyMatch(component -> {
                        try {
                            component.getAccessor().setAccessible(true);
                            return Boolean.TRUE.equals(component.getAccessor().invoke(request));
                        } catch (ReflectiveOperationException impossible) {
                            throw new IllegalStateException(impossible);
                        }
                    });
        }
    }

    private static final Map<String, Definition> BY_NAME = find();

    private Methods() {}

    public static Optional<Definition> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    public static Definition of(Request request) {
        Method method = request.getClass().getAnnotation(Method.class);
        Definition definition = method == null ? null : BY_NAME.get(method.value());
        if (definition == null) {
            throw new IllegalStateException("no method for " + request.getClass());
        }
        return definition;
    }

    /** In the order of their names. */
    public static Collection<Definition> all() {
        return BY_NAME.values();
    }

    private static Map<String, Definition> find() {
        Map<String, Definition> found = new TreeMap<>();
        records(Request.class).forEach(type -> {
            Method method = type.getAnnotation(Method.class);
            if (method == null
                    || found.put(method.value(), new Definition(method, type.asSubclass(Request.class))) != null) {
                throw new IllegalStateException("no @Method of its own: " + type);
            }
        });
        return Collections.unmodifiableMap(found);
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Methods::records)
                : Stream.of(type);
    }
}
