package org.zegel.model;

import java.util.NavigableMap;
import java.util.TreeMap;

/** The lexical pieces of an address field (RFC 5322 section 3.2, obsolete forms of section 4.4, UTF-8), read strictly. */
class AddressLexer {
    private static final int MAX_COMMENT_DEPTH = 16;
    private static final String SPECIALS = "()<>[]:;@\\,.\"";

    final String text;
    int position;

    /** Comments passed since the entry began, by where they start: some words are read twice. */
    private final NavigableMap<Integer, String> comments = new TreeMap<>();

    AddressLexer(String text) {
        this.text = text;
    }

    void forgetComments() {
        comments.clear();
    }

    /** Text of the comments passed, without their outer parentheses. */
    String comments() {
        return String.join(" ", comments.values());
    }

    /** Words before {@code <}, {@code :} or {@code @}, joined by single spaces; dots and brackets are let through, as mail has them. */
    String phrase() throws Unreadable {
        StringBuilder phrase = new StringBuilder();
        boolean space = false;
        while (position < text.length()) {
            int before = position;
            skip();
            space |= position > before;
            char next = peek();
            boolean loose = next == '.' || next == '[' || next == ']';
            if (next != '"' && !loose && !isAtom(next)) {
                break;
            }
            if (space && !phrase.isEmpty()) {
                phrase.append(' ');
            }
            space = false;
            if (next == '"') {
                phrase.append(quotedString());
            } else if (loose) {
                phrase.append(next);
                position++;
            } else {
                phrase.append(atom());
            }
        }
        return phrase.toString();
    }

    String atom() throws Unreadable {
        int start = position;
        while (position < text.length() && isAtom(text.charAt(position))) {
            position++;
        }
        if (position == start) {
            throw new Unreadable("address-syntax");
        }
        return text.substring(start, position);
    }

    String quotedString() throws Unreadable {
        StringBuilder word = new StringBuilder();
        position++;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                return word.toString();
            }
            if (c == '\\' && position < text.length()) {
                c = text.charAt(position++);
            } else if (c == '\r' || c == '\n') {
                position--;
                fold();
                continue;
            }
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                throw new Unreadable("control-character");
            }
            word.append(c);
        }
        throw new Unreadable("quoted-string-syntax");
    }

    /** White space, folds and comments. */
    void skip() throws Unreadable {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == ' ' || c == '\t') {
                position++;
            } else if (c == '\r' || c == '\n') {
                fold();
            } else if (c == '(') {
                comment();
            } else {
                return;
            }
        }
    }

    private void fold() throws Unreadable {
        if (peek() == '\r') {
            position++;
        }
        if (peek() == '\n') {
            position++;
        }
        boolean atEnd = position >= text.length();
        if (text.charAt(position - 1) != '\n' || !(atEnd || peek() == ' ' || peek() == '\t')) {
            throw new Unreadable("line-break");
        }
    }

    private void comment() throws Unreadable {
        int start = position;
        int depth = 0;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '(' && ++depth > MAX_COMMENT_DEPTH) {
                throw new Unreadable("comment-syntax");
            }
            if (c == ')' && --depth == 0) {
                comments.put(start, text.substring(start + 1, position - 1));
                return;
            }
            if (c == '\\') {
                position++;
            }
        }
        throw new Unreadable("comment-syntax");
    }

    static boolean isAtom(char c) {
        return c > ' ' && c != 0x7f && !(c >= 0x80 && c < 0xa0) && SPECIALS.indexOf(c) < 0;
    }

    /** The character here; NUL, which no token takes, at the end. */
    char peek() {
        return position < text.length() ? text.charAt(position) : 0;
    }

    boolean take(char expected) {
        if (position < text.length() && text.charAt(position) == expected) {
            position++;
            return true;
        }
        return false;
    }

    /** What is here is no part of an address. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        final String code;

        Unreadable(String code) {
            super(code, null, false, false);
            this.code = code;
        }
    }
}
