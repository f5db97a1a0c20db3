package org.zegel.protocol;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Identity;
import tools.jackson.core.JsonGenerator;

/**
 * Writes records as JSON objects: components in their order, nulls left out. Only kinds of values that are known are
 * written, so that nothing is ever shown by accident.
 */
final class RecordWriter {
    private final JsonGenerator json;

    RecordWriter(JsonGenerator json) {
        this.json = json;
    }

    void value(Object value) {
        switch (value) {
            case String text -> json.writeString(text);
            case Boolean bool -> json.writeBoolean(bool);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case byte[] bytes -> json.writeString(Base64.getEncoder().encodeToString(bytes));
            case Instant instant -> json.writeString(instant.toString());
            case Enum<?> constant -> json.writeString(Names.of(constant));
            case CallId id -> value(id.value());
            case Identity identity -> value(IdentityJson.of(identity));
            case Iterable<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            case Record record -> {
                json.writeStartObject();
                components(record);
                json.writeEndObject();
            }
            default -> throw new IllegalStateException("no wire form for " + value.getClass());
        }
    }

    void property(String name, Object value) {
        json.writeName(name);
        value(value);
    }

    private void list(Iterable<?> list) {
        json.writeStartArray();
        list.forEach(this::value);
        json.writeEndArray();
    }

    private void map(Map<?, ?> map) {
        json.writeStartObject();
        map.forEach((name, value) -> property(String.valueOf(name), value));
        json.writeEndObject();
    }

    private void components(Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = get(component, record);
            if (value instanceof Record inner && component.isAnnotationPresent(Flat.class)) {
                components(inner);
            } else if (value != null) {
                property(Names.of(component), value);
            }
        }
    }

    private static @Nullable Object get(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
