package org.zegel.smime.mime;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Changes parameters of a header field and leaves the rest of it as it was written, folding included. */
public final class ParameterEdit {
    private ParameterEdit() {}

    /**
     * The value with some parameters set, each on a line of its own, and others taken out.
     *
     * @param value as written, without the last line end
     * @param set by lower-case name; values of harmless ASCII, put in quotes
     * @param remove lower-case names
     */
    public static String apply(String value, Map<String, String> set, Set<String> remove) {
        StringBuilder out = new StringBuilder(value.length());
        HeaderLexer lexer = new HeaderLexer(value);
        String piece = piece(lexer);
        out.append(piece);
        while (lexer.take(';')) {
            piece = piece(lexer);
            String name = name(piece);
            if (!piece.isBlank() && !remove.contains(name) && !set.containsKey(name)) {
                out.append(';').append(piece);
            }
        }
        StringBuilder edited = new StringBuilder(out.toString().stripTrailing());
        set.forEach((name, text) ->
                edited.append(";\r\n ").append(name).append("=\"").append(text).append('"'));
        return edited.toString();
    }

    /** Name of a parameter, its RFC 2231 sections and the extended form alike. */
    private static String name(String piece) {
        int equals = piece.indexOf('=');
        HeaderLexer lexer = new HeaderLexer(equals < 0 ? piece : piece.substring(0, equals));
        lexer.skipSpace();
        return lexer.until("=;*").toLowerCase(Locale.ROOT);
    }

    /** Up to the next semicolon, or the end; quoted strings and comments are passed over. */
    private static String piece(HeaderLexer lexer) {
        int start = lexer.position();
        while (!lexer.atEnd() && lexer.peek() != ';') {
            if (lexer.peek() == '"') {
                lexer.quoted();
            } else if (lexer.peek() == '(') {
                lexer.comment();
            } else {
                lexer.take(lexer.peek());
            }
        }
        return lexer.from(start);
    }
}
