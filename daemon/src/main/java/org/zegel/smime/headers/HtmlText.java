package org.zegel.smime.headers;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The little that legacy display elements need to know of HTML. Every search passes over the text once. */
final class HtmlText {
    private HtmlText() {}

    /** A piece of a text, and what is in it. */
    record Element(int start, int end, String content) {}

    /** Where what is put at the start of the body goes: after the body's own tag, else that of the head or document. */
    static int bodyStart(String html) {
        String lower = html.toLowerCase(Locale.ROOT);
        for (String tag : new String[] {"<body", "</head", "<html"}) {
            int at = tag(lower, tag, 0);
            if (at >= 0) {
                int close = lower.indexOf('>', at);
                return close < 0 ? 0 : close + 1;
            }
        }
        return 0;
    }

    /** The first div of that class; empty where it holds another div or does not end. */
    static Optional<Element> division(String html, String cssClass) {
        String lower = html.toLowerCase(Locale.ROOT);
        for (int at = tag(lower, "<div", 0); at >= 0; at = tag(lower, "<div", at + 1)) {
            int close = lower.indexOf('>', at);
            if (close < 0) {
                return Optional.empty();
            }
            if (hasClass(lower.substring(at, close), cssClass)) {
                int end = tag(lower, "</div", close);
                int inner = tag(lower, "<div", close);
                int last = end < 0 ? -1 : lower.indexOf('>', end);
                return last < 0 || (inner >= 0 && inner < end)
                        ? Optional.empty()
                        : Optional.of(new Element(at, last + 1, html.substring(close + 1, end)));
            }
            at = close;
        }
        return Optional.empty();
    }

    /** A text as HTML of ASCII characters alone. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '<' || c == '>' || c == '&' || c == '"' || c > 0x7e) {
                out.append("&#").append(c).append(';');
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** The text between the tags, character references resolved. */
    static String text(String html) {
        StringBuilder out = new StringBuilder(html.length());
        int lastTag = html.lastIndexOf('>');
        int at = 0;
        while (at < html.length()) {
            char c = html.charAt(at);
            int end = c == '<' && at < lastTag ? html.indexOf('>', at) : -1;
            String reference = c == '&' ? reference(html, at) : null;
            if (end >= 0) {
                at = end + 1;
            } else if (reference != null) {
                out.append(resolved(reference));
                at += reference.length() + 2;
            } else {
                out.append(c);
                at++;
            }
        }
        return out.toString();
    }

    private static int tag(String lower, String tag, int from) {
        for (int at = lower.indexOf(tag, from); at >= 0; at = lower.indexOf(tag, at + 1)) {
            int next = at + tag.length();
            if (next < lower.length() && (lower.charAt(next) == '>' || Character.isWhitespace(lower.charAt(next)))) {
                return at;
            }
        }
        return -1;
    }

    private static boolean hasClass(String tag, String cssClass) {
        int at = tag.indexOf("class");
        int equals = at < 0 ? -1 : tag.indexOf('=', at);
        if (equals < 0) {
            return false;
        }
        String value = tag.substring(equals + 1).strip();
        char quote = value.isEmpty() ? ' ' : value.charAt(0);
        if (quote == '"' || quote == '\'') {
            int end = value.indexOf(quote, 1);
            value = value.substring(1, end < 0 ? value.length() : end);
        } else {
            value = value.split("\\s", 2)[0];
        }
        return (" " + value.replaceAll("\\s", " ") + " ").contains(" " + cssClass + " ");
    }

    /** Between ampersand and semicolon; null where there is no reference. */
    private static @Nullable String reference(String html, int at) {
        int end = html.substring(at, Math.min(at + 11, html.length())).indexOf(';');
        return end < 0 ? null : html.substring(at + 1, at + end);
    }

    private static String resolved(String reference) {
        return switch (reference) {
            case "amp" -> "&";
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            case "nbsp" -> " ";
            default -> numeric(reference);
        };
    }

    private static String numeric(String reference) {
        boolean hex = reference.startsWith("#x") || reference.startsWith("#X");
        try {
            int point = Integer.parseInt(reference.substring(hex ? 2 : 1), hex ? 16 : 10);
            return reference.startsWith("#") && Character.isValidCodePoint(point)
                    ? Character.toString(point)
                    : "&" + reference + ";";
        } catch (NumberFormatException | IndexOutOfBoundsException notANumber) {
            return "&" + reference + ";";
        }
    }
}
