package org.zegel.protocol;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Identity;
import tools.jackson.databind.JsonNode;

/**
 * Makes records of JSON objects. Every component that is not {@code @Nullable} is required; errors name the field.
 */
final class RecordReader {
    private static final Instant FIRST_MOMENT = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST_MOMENT = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final String NO_TIME = "a time such as 2026-01-31T12:00:00Z is needed";

    private final boolean strict;

    /** {@code strict}: properties that the record does not have are refused instead of skipped. */
    RecordReader(boolean strict) {
        this.strict = strict;
    }

    /** @throws RequestError {@code invalid-parameters}, with {@code field} in its data */
    <T> T read(Class<T> type, JsonNode node, String path) throws RequestError {
        if (!node.isObject()) {
            throw wrong(path, "an object is needed");
        }
        Set<String> known = new HashSet<>();
        Object value = record(type, node, path, known);
        if (strict) {
            for (String name : node.propertyNames()) {
                if (!known.contains(name)) {
                    throw wrong(join(path, name), "there is no such parameter");
                }
            }
        }
        return type.cast(value);
    }

    private Object record(Class<?> type, JsonNode node, String path, Set<String> known) throws RequestError {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            types[i] = component.getType();
            if (component.isAnnotationPresent(Flat.class)) {
                values[i] = record(component.getType(), node, path, known);
            } else {
                String name = Names.of(component);
                known.add(name);
                values[i] = component(component, node.get(name), join(path, name));
            }
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException reason) {
                throw wrong(path, String.valueOf(reason.getMessage()));
            }
            throw new IllegalStateException(refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private @Nullable Object component(RecordComponent component, @Nullable JsonNode node, String path)
            throws RequestError {
        if (node == null || node.isNull()) {
            if (isNullable(component)) {
                return null;
            }
            throw wrong(path, "it is missing");
        }
        return value(component.getAnnotatedType(), node, path);
    }

    private @Nullable Object value(AnnotatedType annotated, JsonNode node, String path) throws RequestError {
        Type type = annotated.getType();
        if (type instanceof ParameterizedType generic) {
            AnnotatedType[] arguments = ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments();
            return generic.getRawType() == List.class ? list(arguments[0], node, path) : map(arguments[1], node, path);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return text(node, path);
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return bool(node, path);
        }
        if (plain == int.class || plain == Integer.class || plain == long.class || plain == Long.class) {
            return number(plain, node, path);
        }
        if (plain == byte[].class) {
            return bytes(node, path);
        }
        if (plain == Instant.class) {
            return instant(node, path);
        }
        if (plain.isEnum()) {
            return Names.constant(plain, text(node, path)).orElseThrow(() -> wrong(path, "no such value"));
        }
        if (plain == Object.class) {
            return plain(node);
        }
        return IdentityJson.applies(plain) ? identity(node, path) : read(plain, node, path);
    }

    private Identity identity(JsonNode node, String path) throws RequestError {
        try {
            return read(IdentityJson.class, node, path).toIdentity();
        } catch (IllegalArgumentException notOne) {
            throw wrong(path, "an identity is needed");
        }
    }

    private List<Object> list(AnnotatedType element, JsonNode node, String path) throws RequestError {
        if (!node.isArray()) {
            throw wrong(path, "a list is needed");
        }
        if (node.size() > Limits.MAX_LIST) {
            throw wrong(path, "the list has more than " + Limits.MAX_LIST + " elements");
        }
        List<Object> list = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            Object value = value(element, node.get(i), path + "[" + i + "]");
            if (value != null) {
                list.add(value);
            }
        }
        return list;
    }

    private Map<String, Object> map(AnnotatedType valueType, JsonNode node, String path) throws RequestError {
        if (!node.isObject()) {
            throw wrong(path, "an object is needed");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            Object value = value(valueType, entry.getValue(), join(path, entry.getKey()));
            if (value != null) {
                map.put(entry.getKey(), value);
            }
        }
        return map;
    }

    private static String text(JsonNode node, String path) throws RequestError {
        if (!node.isString()) {
            throw wrong(path, "a string is needed");
        }
        return node.stringValue();
    }

    private static boolean bool(JsonNode node, String path) throws RequestError {
        if (!node.isBoolean()) {
            throw wrong(path, "true or false is needed");
        }
        return node.booleanValue();
    }

    private static Object number(Class<?> type, JsonNode node, String path) throws RequestError {
        boolean narrow = type == int.class || type == Integer.class;
        if (!node.isIntegralNumber() || !(narrow ? node.canConvertToInt() : node.canConvertToLong())) {
            throw wrong(path, "an integer is needed");
        }
        if (narrow) {
            return node.intValue();
        }
        return node.longValue();
    }

    private static byte[] bytes(JsonNode node, String path) throws RequestError {
        try {
            return Base64.getDecoder().decode(text(node, path));
        } catch (IllegalArgumentException notBase64) {
            throw wrong(path, "base64 of RFC 4648 section 4 is needed");
        }
    }

    /** Of RFC 3339, whose years have four digits: what lies beyond overflows elsewhere. */
    private static Instant instant(JsonNode node, String path) throws RequestError {
        String text = text(node, path);
        try {
            Instant instant = Instant.parse(text);
            if (!instant.isBefore(FIRST_MOMENT) && !instant.isAfter(LAST_MOMENT)) {
                return instant;
            }
        } catch (DateTimeParseException notATime) {
            throw wrong(path, NO_TIME);
        }
        throw wrong(path, NO_TIME);
    }

    /** Strings, booleans, numbers, and lists and maps of them; nulls are left out. */
    static Map<String, Object> plainMap(JsonNode node) {
        Map<String, Object> map = new LinkedHashMap<>();
        node.forEachEntry((name, value) -> {
            Object plain = plain(value);
            if (plain != null) {
                map.put(name, plain);
            }
        });
        return map;
    }

    private static @Nullable Object plain(JsonNode node) {
        if (node.isObject()) {
            return plainMap(node);
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            for (JsonNode element : node.values()) {
                Object plain = plain(element);
                if (plain != null) {
                    list.add(plain);
                }
            }
            return list;
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        return node.isString() ? node.stringValue() : node.isBoolean() ? node.booleanValue() : null;
    }

    static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static String join(String path, String name) {
        String shown = name.length() > Limits.MAX_NAME ? name.substring(0, Limits.MAX_NAME) : name;
        return path.isEmpty() ? shown : path + "." + shown;
    }

    private static RequestError wrong(String path, String reason) {
        String field = path.isEmpty() ? "params" : path;
        return new RequestError(ErrorCode.INVALID_PARAMETERS, field + ": " + reason + ".", Map.of("field", field));
    }
}
