package org.zegel.smime.mime;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A header value with parameters (RFC 2045 section 5.1, RFC 2183), continuations and character sets of RFC 2231
 * resolved.
 *
 * @param value what comes before the first semicolon, lower case, comments removed
 * @param parameters by lower-case name; of duplicates the first
 * @param duplicates names of parameters that occur twice: readers differ on which one counts
 */
public record ParameterizedValue(String value, Map<String, String> parameters, List<String> duplicates) {
    public ParameterizedValue {
        parameters = Map.copyOf(parameters);
        duplicates = List.copyOf(duplicates);
    }

    /** Reads an unfolded header value; never fails, unreadable parameters are left out. */
    public static ParameterizedValue parse(String text) {
        HeaderLexer lexer = new HeaderLexer(text);
        StringBuilder value = new StringBuilder();
        lexer.skipSpace();
        while (!lexer.atEnd() && lexer.peek() != ';') {
            if (!lexer.take('"')) {
                value.append(lexer.until(";\""));
            }
            lexer.skipSpace();
        }
        ParameterReader reader = new ParameterReader();
        reader.read(lexer);
        return new ParameterizedValue(value.toString().toLowerCase(Locale.ROOT), reader.resolve(), reader.duplicates());
    }

    /** A parameter by its lower-case name. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
