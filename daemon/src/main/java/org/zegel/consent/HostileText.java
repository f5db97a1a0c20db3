package org.zegel.consent;

/** Text from a client or a message, made safe to show to a person: one line, no tricks, not too long. */
public final class HostileText {
    private static final char REPLACEMENT = '\uFFFD';

    private static final char LEFT_TO_RIGHT_EMBEDDING = '\u202A';
    private static final char POP_DIRECTION = '\u202C';

    private HostileText() {}

    /** The text with control, format (bidi among them), surrogate and separator characters replaced, and shortened. */
    public static String shown(String text, int limit) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), limit) + 1);
        int count = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (count++ == limit) {
                return clean.append('\u2026').toString();
            }
            int character = text.codePointAt(at);
            clean.appendCodePoint(isPlain(character) ? character : REPLACEMENT);
        }
        return clean.toString();
    }

    /** The same for a place inside a sentence: text that runs from right to left cannot reorder the words around it. */
    public static String inSentence(String text, int limit) {
        String shown = shown(text, limit);
        boolean reorders = shown.codePoints().anyMatch(HostileText::mayReorder);
        return reorders ? LEFT_TO_RIGHT_EMBEDDING + shown + POP_DIRECTION : shown;
    }

    /** Whether every character may be shown as it is. */
    public static boolean isPlain(String text) {
        return text.codePoints().allMatch(HostileText::isPlain);
    }

    private static boolean mayReorder(int character) {
        return switch (Character.getDirectionality(character)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_ARABIC_NUMBER -> true;
            default -> false;
        };
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
