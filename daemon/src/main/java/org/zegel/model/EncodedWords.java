package org.zegel.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decodes the encoded words of RFC 2047 (with the language tags of RFC 2231). What is not one stays as it is. */
public final class EncodedWords {
    /** Most places of one text that are looked at as encoded words; what follows stays as it is. */
    static final int MAX_WORDS = 1_000;

    /** Longest encoded word, in characters. RFC 2047 allows 75; real messages use more. */
    static final int MAX_WORD = 2_000;

    private record Word(String charset, byte[] bytes, int end) {}

    private EncodedWords() {}

    /** Decodes all encoded words of an unfolded header value; white space between two of them is dropped. */
    public static String decode(String text) {
        if (!text.contains("=?")) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        ByteArrayOutputStream pending = new ByteArrayOutputStream();
        String charset = "";
        int at = 0;
        int gap = 0;
        for (int looked = 0; looked < MAX_WORDS; looked++) {
            at = text.indexOf("=?", at);
            if (at < 0) {
                break;
            }
            Word word = word(text, at);
            if (word == null) {
                at++;
                continue;
            }
            String between = text.substring(gap, at);
            boolean adjacent = pending.size() > 0 && between.isBlank();
            if (!adjacent || !charset.equalsIgnoreCase(word.charset)) {
                // Neighbours in one character set are decoded together: some senders split in mid-character.
                out.append(Charsets.decode(pending.toByteArray(), charset)).append(adjacent ? "" : between);
                pending.reset();
            }
            charset = word.charset;
            pending.writeBytes(word.bytes);
            at = word.end;
            gap = at;
        }
        return out.append(Charsets.decode(pending.toByteArray(), charset))
                .append(text, gap, text.length())
                .toString();
    }

    private static @Nullable Word word(String text, int start) {
        int charsetEnd = text.indexOf('?', start + 2, Math.min(text.length(), start + 2 + MAX_WORD));
        if (charsetEnd < 0 || charsetEnd + 2 >= text.length() || text.charAt(charsetEnd + 2) != '?') {
            return null;
        }
        int end = text.indexOf("?=", charsetEnd + 3, Math.min(text.length(), charsetEnd + 3 + MAX_WORD));
        if (end < 0) {
            return null;
        }
        String charset = text.substring(start + 2, charsetEnd);
        int language = charset.indexOf('*');
        String encoded = text.substring(charsetEnd + 3, end);
        byte[] bytes = switch (Character.toUpperCase(text.charAt(charsetEnd + 1))) {
            case 'B' -> base64(encoded);
            case 'Q' -> q(encoded);
            default -> null;
        };
        return bytes == null
                ? null
                : new Word(
                        (language < 0 ? charset : charset.substring(0, language)).toLowerCase(Locale.ROOT),
                        bytes,
                        end + 2);
    }

    private static byte @Nullable [] base64(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static byte[] q(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int value = c == '=' ? hex(text, i + 1) : -1;
            if (value >= 0) {
                out.write(value);
                i += 2;
            } else if (c == '_') {
                out.write(' ');
            } else {
                out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    /** The byte written as two hexadecimal digits, or -1. */
    public static int hex(String text, int at) {
        if (at + 2 > text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
