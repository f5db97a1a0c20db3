package org.zegel.smime.make;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.zegel.smime.headers.FieldNames;
import org.zegel.smime.mime.HeaderField;

/**
 * Text of a header field as encoded words (RFC 2047): a copy within a clear signature must not have 8-bit characters,
 * which a server that knows only 7 bits changes.
 */
final class EncodedText {
    /** Octets of one encoded word: with charset and marks and the name before it a line stays within 78 characters. */
    private static final int OCTETS = 36;

    /** Fields with a syntax of their own, in which a word may not stand just anywhere. */
    private static final Set<String> STRUCTURED = Set.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "date",
            "message-id",
            "in-reply-to",
            "references",
            "followup-to",
            "mail-followup-to",
            "mail-reply-to",
            "disposition-notification-to",
            "return-receipt-to",
            "autocrypt");

    private EncodedText() {}

    /** Whether the field has 8-bit characters and may be encoded. */
    static boolean isNeeded(HeaderField field) {
        for (byte octet : field.raw()) {
            if (octet < 0) {
                return !STRUCTURED.contains(FieldNames.key(field.name()));
            }
        }
        return false;
    }

    /** The whole field, line ends CRLF. */
    static String of(HeaderField field) {
        StringBuilder out = new StringBuilder(field.name()).append(":");
        String value = field.value();
        int at = 0;
        while (at < value.length()) {
            int end = at;
            int octets = 0;
            while (end < value.length()) {
                int next = end + Character.charCount(value.codePointAt(end));
                int more = value.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
                if (octets + more > OCTETS) {
                    break;
                }
                octets += more;
                end = next;
            }
            String word =
                    Base64.getEncoder().encodeToString(value.substring(at, end).getBytes(StandardCharsets.UTF_8));
            out.append(at == 0 ? " " : "\r\n ")
                    .append("=?utf-8?B?")
                    .append(word)
                    .append("?=");
            at = end;
        }
        return out.append("\r\n").toString();
    }
}
