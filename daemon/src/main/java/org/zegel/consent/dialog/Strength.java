package org.zegel.consent.dialog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A careful estimate of how hard a passphrase is to guess, in bits. It looks at the characters where they are and makes
 * no copy. Words are taken for words of a dictionary, whatever they are; what is on a short list of common ones, what
 * repeats and what follows the keyboard or the alphabet counts for little.
 */
final class Strength {
    /** Below this it is among the first that are tried, and refused. */
    static final int LEAST = 20;

    /** The best level. */
    static final int MOST = 4;

    private static final int[] LEVELS = {28, 38, 52, 66};
    private static final int RUN = 3;
    private static final double COMMON = 9;
    private static final double RUN_BITS = 5;
    private static final double PER_LETTER_OF_WORD = 2.4;
    private static final double PER_LETTER = 4.7;
    private static final double PER_DIGIT = 3.3;
    private static final double PER_SYMBOL = 4.5;
    private static final double PER_FOREIGN = 6;
    private static final double CAPITAL = 1;
    private static final double SPACE = 1;
    private static final String[] ROWS = {"qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "1234567890"};
    private static final List<char[]> COMMON_ONES = read();

    private Strength() {}

    /** 0 (guessed in no time) to {@link #MOST}. */
    static int level(char[] typed) {
        double bits = bits(typed);
        int level = 0;
        while (level < LEVELS.length && bits >= LEVELS[level]) {
            level++;
        }
        return level;
    }

    static double bits(char[] typed) {
        double bits = 0;
        int at = 0;
        while (at < typed.length) {
            int length = common(typed, at);
            if (length > 0) {
                bits += COMMON + capitals(typed, at, length);
            } else if ((length = Math.max(run(typed, at), repetition(typed, at))) >= RUN) {
                bits += RUN_BITS + Math.log(length) / Math.log(2);
            } else if ((length = word(typed, at)) >= RUN) {
                bits += PER_LETTER_OF_WORD * length + capitals(typed, at, length);
            } else {
                length = 1;
                bits += alone(typed[at]);
            }
            at += length;
        }
        return bits;
    }

    private static double alone(char c) {
        if (c >= 0x80) {
            return PER_FOREIGN;
        }
        if (Character.isLetter(c)) {
            return PER_LETTER + (Character.isUpperCase(c) ? CAPITAL : 0);
        }
        return Character.isDigit(c) ? PER_DIGIT : c == ' ' ? SPACE : PER_SYMBOL;
    }

    /** Length of the longest common one that begins here, also with 0 for o and the like. */
    private static int common(char[] typed, int at) {
        for (char[] one : COMMON_ONES) {
            int same = 0;
            while (same < one.length && at + same < typed.length && (plain(typed[at + same]) == plain(one[same]))) {
                same++;
            }
            if (same == one.length) {
                return same;
            }
        }
        return 0;
    }

    private static char plain(char c) {
        return switch (c) {
            case '0' -> 'o';
            case '1', '!' -> 'i';
            case '3' -> 'e';
            case '4', '@' -> 'a';
            case '5', '$' -> 's';
            default -> Character.toLowerCase(c);
        };
    }

    /** Length of what goes up, down, along the keyboard or stays the same from here. */
    private static int run(char[] typed, int at) {
        int best = 1;
        for (int step = -1; step <= 1; step++) {
            int length = 1;
            while (at + length < typed.length && typed[at + length] == typed[at + length - 1] + step) {
                length++;
            }
            best = Math.max(best, length);
        }
        for (String row : ROWS) {
            best = Math.max(best, along(row, typed, at));
        }
        return best;
    }

    private static int along(String row, char[] typed, int at) {
        int place = row.indexOf(Character.toLowerCase(typed[at]));
        int length = 1;
        while (place >= 0
                && place + length < row.length()
                && at + length < typed.length
                && row.charAt(place + length) == Character.toLowerCase(typed[at + length])) {
            length++;
        }
        return length;
    }

    /** Length of what stands before this place already. */
    private static int repetition(char[] typed, int at) {
        int best = 0;
        for (int from = 0; from < at; from++) {
            int length = 0;
            while (from + length < at
                    && at + length < typed.length
                    && Character.toLowerCase(typed[from + length]) == Character.toLowerCase(typed[at + length])) {
                length++;
            }
            best = Math.max(best, length);
        }
        return best;
    }

    private static int word(char[] typed, int at) {
        int length = 0;
        while (at + length < typed.length && Character.isLetter(typed[at + length])) {
            length++;
        }
        return length;
    }

    /** A capital at the beginning is what everybody does. */
    private static double capitals(char[] typed, int at, int length) {
        int count = 0;
        for (int i = at; i < at + length; i++) {
            count += Character.isUpperCase(typed[i]) ? 1 : 0;
        }
        return Math.min(count, 4) * CAPITAL;
    }

    private static List<char[]> read() {
        InputStream file = Objects.requireNonNull(Strength.class.getResourceAsStream("common.txt"), "common.txt");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(String::toCharArray)
                    .sorted(Comparator.comparingInt((char[] one) -> one.length).reversed())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
