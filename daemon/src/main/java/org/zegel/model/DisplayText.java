package org.zegel.model;

/** Makes text from strangers (certificates, messages, clients) safe to show on one line. */
public final class DisplayText {
    /** Longest text that is shown, in characters; longer text ends in an ellipsis. */
    public static final int MAX_LENGTH = 512;

    private static final char REPLACEMENT = '\ufffd';

    private DisplayText() {}

    /** Replaces control, format (bidi, zero width), separator and unassigned characters, and cuts long text. */
    public static String of(String text) {
        return of(text, MAX_LENGTH);
    }

    /** The same with another limit, in characters. */
    public static String of(String text, int maxLength) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), maxLength));
        int index = 0;
        while (index < text.length()) {
            int point = text.codePointAt(index);
            if (shown.length() >= maxLength) {
                return shown.append('…').toString();
            }
            shown.appendCodePoint(isPlain(point) ? point : REPLACEMENT);
            index += Character.charCount(point);
        }
        return shown.toString();
    }

    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
