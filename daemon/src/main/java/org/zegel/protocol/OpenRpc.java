package org.zegel.protocol;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.zegel.model.Finding;
import org.zegel.model.Identity;

/** The protocol as an OpenRPC document, made from the requests and results themselves. */
public final class OpenRpc {
    private static final String SCHEMAS = "#/components/schemas/";

    private final Map<String, Object> schemas = new TreeMap<>();

    private OpenRpc() {}

    /** The document as JSON, one line. */
    public static String document() {
        return JsonCodec.toJson(new OpenRpc().build());
    }

    private Map<String, Object> build() {
        List<Object> methods = new ArrayList<>();
        Methods.all().forEach(method -> methods.add(method(method)));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openrpc", "1.3.2");
        document.put("info", ordered("title", "Zegel", "version", "1"));
        document.put("methods", methods);
        document.put("components", Map.of("schemas", schemas));
        document.put(
                "x-errors",
                Arrays.stream(ErrorCode.values()).map(OpenRpc::error).toList());
        document.put("x-limits", new TreeMap<>(Limits.published()));
        return document;
    }

    private static Map<String, Object> error(ErrorCode code) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code.code());
        error.put("number", code.number());
        return error;
    }

    private Map<String, Object> method(Methods.Definition definition) {
        Method annotation = definition.method();
        List<Object> params = new ArrayList<>();
        for (RecordComponent component : definition.type().getRecordComponents()) {
            Map<String, Object> param = new LinkedHashMap<>();
            param.put("name", Names.of(component));
            param.put("required", !RecordReader.isNullable(component));
            param.put("schema", schema(component.getGenericType()));
            params.add(param);
        }
        Map<String, Object> method = new LinkedHashMap<>();
        method.put("name", annotation.value());
        method.put("summary", annotation.summary());
        method.put("paramStructure", "by-name");
        method.put("params", params);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("name", "result");
        result.put("schema", schema(annotation.result()));
        method.put("result", result);
        method.put("x-open", annotation.open());
        method.put("x-scopes", Arrays.stream(annotation.scopes()).map(Names::of).toList());
        return method;
    }

    private Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType generic) {
            Map<String, Object> schema = new LinkedHashMap<>();
            boolean list = generic.getRawType() == List.class;
            schema.put("type", list ? "array" : "object");
            schema.put(list ? "items" : "additionalProperties", schema(generic.getActualTypeArguments()[list ? 0 : 1]));
            return schema;
        }
        Class<?> plain = type == Identity.class ? IdentityJson.class : (Class<?>) type;
        if (plain.isRecord()) {
            return reference(plain);
        }
        if (plain == Finding.class) {
            // An open list: more codes come with every version, and a client shows what it does not know.
            return Map.of("type", "string");
        }
        if (plain.isEnum()) {
            List<String> names = Arrays.stream(plain.getEnumConstants())
                    .map(value -> Names.of((Enum<?>) value))
                    .toList();
            return ordered("type", "string", "enum", names);
        }
        if (plain == byte[].class) {
            return ordered("type", "string", "contentEncoding", "base64");
        }
        if (plain == Instant.class) {
            return ordered("type", "string", "format", "date-time");
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return Map.of("type", "boolean");
        }
        return Map.of("type", plain == String.class ? "string" : "integer");
    }

    private Map<String, Object> reference(Class<?> type) {
        String name =
                type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
        if (!schemas.containsKey(name)) {
            Map<String, Object> schema = new LinkedHashMap<>();
            schemas.put(name, schema);
            Map<String, Object> properties = new LinkedHashMap<>();
            List<String> required = new ArrayList<>();
            collect(type, properties, required);
            schema.put("type", "object");
            schema.put("properties", properties);
            schema.put("required", required);
        }
        return Map.of("$ref", SCHEMAS + name);
    }

    private void collect(Class<?> type, Map<String, Object> properties, List<String> required) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(Flat.class)) {
                collect(component.getType(), properties, required);
            } else {
                properties.put(Names.of(component), schema(component.getGenericType()));
                if (!RecordReader.isNullable(component)) {
                    required.add(Names.of(component));
                }
            }
        }
    }

    private static Map<String, Object> ordered(String one, Object first, String two, Object second) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(one, first);
        map.put(two, second);
        return map;
    }
}
