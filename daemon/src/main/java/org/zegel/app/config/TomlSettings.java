package org.zegel.app.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.zegel.model.Failure;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads a TOML file of {@code [section]}s with {@code name = value} lines. */
final class TomlSettings {
    /** Longest file that is read, in bytes. */
    static final int MAX_FILE = 256 * 1024;

    private static final TomlMapper TOML = new TomlMapper();

    private TomlSettings() {}

    /** The file's settings; none when there is no file. */
    static RawSettings read(Path file, String source) throws Failure {
        RawSettings none = RawSettings.none(source);
        try {
            if (Files.size(file) > MAX_FILE) {
                throw none.refusal(0, "is larger than " + MAX_FILE + " bytes.");
            }
            return parse(Files.readString(file, StandardCharsets.UTF_8), source);
        } catch (NoSuchFileException noFile) {
            return none;
        } catch (IOException unreadable) {
            throw none.refusal(0, "cannot be read, or is not UTF-8.");
        }
    }

    static RawSettings parse(String text, String source) throws Failure {
        RawSettings none = RawSettings.none(source);
        JsonNode root;
        try {
            root = TOML.readTree(text);
        } catch (JacksonException malformed) {
            int line = malformed.getLocation() == null
                    ? 0
                    : Math.max(0, malformed.getLocation().getLineNr());
            throw none.refusal(line, "is not valid TOML (" + malformed.getOriginalMessage() + ").");
        }
        Map<String, RawSettings.Value> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> section : root.properties()) {
            if (!section.getValue().isObject()) {
                throw none.refusal(
                        lineOf(text, "", section.getKey()),
                        "\"" + shown(section.getKey()) + "\" stands outside any [section].");
            }
            flatten(section.getKey(), section.getValue(), (name, value) -> {
                int dot = name.lastIndexOf('.');
                int line = lineOf(text, name.substring(0, dot), name.substring(dot + 1));
                values.put(name, new RawSettings.Value(plain(value), line));
            });
        }
        return new RawSettings(source, values);
    }

    /** Hands over every value below a section, by its full name; sections may stand in sections. */
    static void flatten(String section, JsonNode node, BiConsumer<String, JsonNode> values) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String name = section + "." + entry.getKey();
            if (entry.getValue().isObject()) {
                flatten(name, entry.getValue(), values);
            } else {
                values.accept(name, entry.getValue());
            }
        }
    }

    /** Names in messages are the file's: shortened, and without line ends. */
    static String shown(String name) {
        String plain = name.replaceAll("\\p{C}", "?");
        return plain.length() > 60 ? plain.substring(0, 60) + "..." : plain;
    }

    static Object plain(JsonNode node) {
        if (node.isString()) {
            return node.stringValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        if (node.isArray()) {
            List<String> texts = new ArrayList<>();
            for (JsonNode element : node) {
                if (!element.isString()) {
                    return node;
                }
                texts.add(element.stringValue());
            }
            return List.copyOf(texts);
        }
        return node;
    }

    /** The parser does not tell lines of values; this finds them in files written the usual way, else 0. */
    private static int lineOf(String text, String section, String name) {
        String current = "";
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String bare = line.strip();
            if (bare.startsWith("[")) {
                current = bare.replaceAll("[\\[\\]\"'\\s]|#.*", "");
            }
            String key = bare.split("=", 2)[0].replaceAll("[\"'\\s]", "");
            boolean here = key.equals(name) && current.equals(section);
            if (bare.contains("=") && (here || (current.isEmpty() && key.equals(section + "." + name)))) {
                return number;
            }
        }
        return 0;
    }
}
