package org.zegel.smime.mime;

/** Reads the lexical pieces of RFC 5322 section 3.2 from an unfolded value, forgiving what real messages get wrong. */
final class HeaderLexer {
    private final String text;
    private int at;

    HeaderLexer(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    char peek() {
        return text.charAt(at);
    }

    /** Passes the character if it is the next one. */
    boolean take(char c) {
        if (!atEnd() && peek() == c) {
            at++;
            return true;
        }
        return false;
    }

    int position() {
        return at;
    }

    String from(int start) {
        return text.substring(start, at);
    }

    /** Passes white space and comments. */
    void skipSpace() {
        while (!atEnd()) {
            if (isSpace(peek())) {
                at++;
            } else if (peek() == '(') {
                comment();
            } else {
                return;
            }
        }
    }

    /** A quoted string's content, quoted pairs resolved; the next character is its opening quote. */
    String quoted() {
        StringBuilder out = new StringBuilder();
        at++;
        while (!atEnd()) {
            char c = text.charAt(at++);
            if (c == '"') {
                break;
            }
            if (c == '\\' && !atEnd()) {
                c = text.charAt(at++);
            }
            out.append(c);
        }
        return out.toString();
    }

    /** Everything up to one of the stops, white space or a comment. */
    String until(String stops) {
        int start = at;
        while (!atEnd() && !isSpace(peek()) && peek() != '(' && stops.indexOf(peek()) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    /** Everything up to the stop, as written and trimmed. */
    String verbatimUntil(char stop) {
        int start = at;
        int end = text.indexOf(stop, at);
        at = end < 0 ? text.length() : end;
        return text.substring(start, at).strip();
    }

    /** Passes a comment, nested ones included. */
    void comment() {
        int depth = 0;
        while (!atEnd()) {
            char c = text.charAt(at++);
            if (c == '\\') {
                at = Math.min(at + 1, text.length());
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return;
            }
        }
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
