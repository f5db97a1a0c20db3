package org.zegel.store.cryptoki;

import java.nio.charset.StandardCharsets;

/** PKCS#11's texts of fixed width: UTF-8, padded with blanks, or with zeros by modules that err. */
public final class PaddedText {
    private static final int LONGEST = 256;

    private PaddedText() {}

    /** The text without padding; control characters and broken bytes become U+FFFD, at most {@value #LONGEST} characters. */
    public static String of(byte[] padded) {
        String text = new String(padded, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        StringBuilder shown = new StringBuilder();
        (end < 0 ? text : text.substring(0, end))
                .strip()
                .codePoints()
                .limit(LONGEST)
                .map(point -> isShown(point) ? point : '\uFFFD')
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    private static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
