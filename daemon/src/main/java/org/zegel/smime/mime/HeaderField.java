package org.zegel.smime.mime;

import java.util.Locale;
import org.zegel.model.Charsets;
import org.zegel.model.EncodedWords;

/**
 * One header field of a message.
 *
 * @param name as written
 * @param raw the value's bytes, line ends removed, folding white space kept
 * @param start offset of the name's first byte in the scanned content
 * @param end offset after the field's last line end
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy for each look would only cost
public record HeaderField(String name, byte[] raw, long start, long end) {
    /** The value unfolded and trimmed: UTF-8 (RFC 6532), or ISO 8859-1 where it is not; encoded words left alone. */
    public String value() {
        return Charsets.utf8OrLatin1(raw).strip();
    }

    /** The value with its encoded words (RFC 2047) decoded. */
    public String decoded() {
        return EncodedWords.decode(value());
    }

    /** Whether the field has this name, case aside. */
    public boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** Whether the field describes the body and so belongs to the MIME entity: {@code Content-*}. */
    public boolean isContentField() {
        return name.toLowerCase(Locale.ROOT).startsWith("content-");
    }

    @Override
    public String toString() {
        return name + ": " + value();
    }
}
