package org.zegel.smime.headers;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * A legacy display element: the hidden header fields once more at the top of the text, for readers that do not know
 * header protection (RFC 9788 section 2.3.2 and 5.2.2). It is put in and found within the first bytes of a decoded body.
 */
public final class LegacyDisplay {
    /** The Content-Type parameter, in lower case, that says a part has one; its value is {@code 1}. */
    public static final String PARAMETER = "hp-legacy-display";

    /** How far into a body is looked, in bytes. */
    public static final int REACH = 64 * 1024;

    private static final String CSS_CLASS = "header-protection-legacy-display";

    private LegacyDisplay() {}

    /** Where it stands in a body, in bytes. */
    public record Place(int start, int end) {}

    /** For plain text: the fields and an empty line, line ends CRLF. */
    public static String plain(List<String> lines) {
        return lines.stream().map(line -> line + "\r\n").collect(Collectors.joining()) + "\r\n";
    }

    /** For HTML, ASCII alone, line ends CRLF. */
    public static String html(List<String> lines) {
        return lines.stream()
                .map(HtmlText::escaped)
                .collect(Collectors.joining(
                        "\r\n", "<div class=\"" + CSS_CLASS + "\">\r\n<pre>", "</pre>\r\n</div>\r\n"));
    }

    /** Where it goes into HTML that begins so. */
    public static int htmlStart(byte[] start) {
        return HtmlText.bodyStart(new String(start, StandardCharsets.ISO_8859_1));
    }

    /**
     * Finds one. What only claims to be one, because some line repeats no header field, is text like any other and stays.
     *
     * @param start the body's first {@link #REACH} bytes, transfer encoding undone
     * @param charset of the body; ASCII-compatible
     * @param repeats whether a header field of this name has this value
     */
    public static Optional<Place> find(
            byte[] start, boolean html, Charset charset, BiPredicate<String, String> repeats) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (html) {
            return HtmlText.division(text, CSS_CLASS)
                    .filter(found -> repeat(HtmlText.text(decoded(found.content(), charset)), repeats))
                    .map(found -> new Place(found.start(), pastLineEnd(text, found.end())));
        }
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            int next = end < 0 ? text.length() : end + 1;
            if (text.substring(at, next).isBlank()) {
                boolean found = repeat(decoded(text.substring(0, at), charset), repeats);
                return found ? Optional.of(new Place(0, next)) : Optional.empty();
            }
            at = next;
        }
        return Optional.empty();
    }

    private static String decoded(String bytes, Charset charset) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), charset);
    }

    private static boolean repeat(String text, BiPredicate<String, String> repeats) {
        List<StringBuilder> fields = new ArrayList<>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> {
            if (Character.isWhitespace(line.charAt(0)) && !fields.isEmpty()) {
                fields.getLast().append(line);
            } else {
                fields.add(new StringBuilder(line));
            }
        });
        return !fields.isEmpty()
                && fields.stream().allMatch(field -> {
                    int colon = field.indexOf(":");
                    return colon > 0 && repeats.test(field.substring(0, colon).strip(), field.substring(colon + 1));
                });
    }

    private static int pastLineEnd(String text, int at) {
        int end = at < text.length() && text.charAt(at) == '\r' ? at + 1 : at;
        return end < text.length() && text.charAt(end) == '\n' ? end + 1 : at;
    }
}
