package org.zegel.app.cli;

import java.io.PrintStream;

/** Words for people, on stderr; text that came from outside cannot move the cursor or colour the screen. */
final class Words {
    private final PrintStream err;

    Words(PrintStream err) {
        this.err = err;
    }

    static Words onStandardError() {
        return new Words(System.err);
    }

    void line(String text) {
        err.println(printable(text));
    }

    /** The text with control and invisible direction characters replaced. */
    static String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().map(c -> isHarmless(c) ? c : 0xfffd).forEach(safe::appendCodePoint);
        return safe.toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
