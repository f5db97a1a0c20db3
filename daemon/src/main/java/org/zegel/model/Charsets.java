package org.zegel.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Text from bytes whose character set is named by a stranger. */
public final class Charsets {
    private Charsets() {}

    /** Decodes; unknown character sets are read as UTF-8, undecodable bytes become replacement characters. */
    public static String decode(byte[] bytes, String charset) {
        return new String(bytes, find(charset));
    }

    /** UTF-8 where it is that, else ISO 8859-1. */
    public static String utf8OrLatin1(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static Charset find(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
