package org.zegel.smime.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.zegel.model.Charsets;
import org.zegel.model.EncodedWords;

/** Collects parameters as written and puts the pieces of RFC 2231 together. */
final class ParameterReader {
    private static final int MAX_SECTION_DIGITS = 4;

    /** One section of a continued or encoded parameter. */
    private record Section(String value, boolean encoded) {}

    private final Map<String, String> plain = new LinkedHashMap<>();
    private final Map<String, TreeMap<Integer, Section>> sections = new LinkedHashMap<>();
    private final Set<String> duplicates = new LinkedHashSet<>();

    /** Reads {@code ; name=value} up to the end. */
    void read(HeaderLexer lexer) {
        while (!lexer.atEnd()) {
            lexer.skipSpace();
            if (!lexer.take(';')) {
                lexer.verbatimUntil(';');
                continue;
            }
            lexer.skipSpace();
            String name = lexer.until("=;").toLowerCase(Locale.ROOT);
            lexer.skipSpace();
            if (lexer.take('=') && !name.isEmpty()) {
                add(name, value(lexer));
            }
        }
    }

    List<String> duplicates() {
        return List.copyOf(duplicates);
    }

    /** All parameters; the extended form of RFC 2231 wins over the plain one of the same name. */
    Map<String, String> resolve() {
        Map<String, String> all = new LinkedHashMap<>(plain);
        sections.forEach((name, parts) -> {
            if (parts.containsKey(0)) {
                boolean plainToo = all.put(name, join(parts)) != null;
                // A name for old programs beside the full one is good practice.
                note(name, plainToo && !name.equals("name") && !name.equals("filename"));
            }
        });
        return all;
    }

    private static String value(HeaderLexer lexer) {
        lexer.skipSpace();
        if (lexer.atEnd()) {
            return "";
        }
        if (lexer.peek() == '"') {
            return lexer.quoted();
        }
        int start = lexer.position();
        String token = lexer.until(";");
        lexer.skipSpace();
        if (lexer.atEnd() || lexer.peek() == ';') {
            return token;
        }
        // An unquoted value with spaces, as some senders write file names.
        lexer.verbatimUntil(';');
        return lexer.from(start).strip();
    }

    private void add(String name, String value) {
        int star = name.indexOf('*');
        if (star < 0) {
            note(name, plain.putIfAbsent(name, value) != null);
            return;
        }
        boolean encoded = name.endsWith("*");
        String base = name.substring(0, star);
        String number = name.substring(star + 1, encoded ? Math.max(star + 1, name.length() - 1) : name.length());
        boolean digits = number.length() <= MAX_SECTION_DIGITS && number.chars().allMatch(c -> c >= '0' && c <= '9');
        if (base.isEmpty() || !digits || (number.isEmpty() && !encoded)) {
            return;
        }
        int index = number.isEmpty() ? 0 : Integer.parseInt(number);
        Section previous =
                sections.computeIfAbsent(base, key -> new TreeMap<>()).putIfAbsent(index, new Section(value, encoded));
        note(base, previous != null);
    }

    private void note(String name, boolean duplicate) {
        if (duplicate) {
            duplicates.add(name);
        }
    }

    private static String join(TreeMap<Integer, Section> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String charset = "utf-8";
        int expected = 0;
        for (Map.Entry<Integer, Section> entry : parts.entrySet()) {
            if (entry.getKey() != expected++) {
                break;
            }
            String value = entry.getValue().value();
            if (!entry.getValue().encoded()) {
                bytes.writeBytes(value.getBytes(StandardCharsets.UTF_8));
                continue;
            }
            int first = value.indexOf('\'');
            int second = value.indexOf('\'', first + 1);
            if (expected == 1 && first >= 0 && second > first) {
                charset = first == 0 ? charset : value.substring(0, first);
                value = value.substring(second + 1);
            }
            percentDecode(value, bytes);
        }
        return Charsets.decode(bytes.toByteArray(), charset);
    }

    private static void percentDecode(String value, ByteArrayOutputStream out) {
        for (int i = 0; i < value.length(); i++) {
            int octet = value.charAt(i) == '%' ? EncodedWords.hex(value, i + 1) : -1;
            if (octet >= 0) {
                out.write(octet);
                i += 2;
            } else {
                out.writeBytes(value.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
