package org.zegel.trust;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** Characters that are drawn as nothing and make two texts look the same. */
final class Invisible {
    /** Scripts in which the zero-width joiner and non-joiner change what is drawn (Unicode 17, section 23.2). */
    private static final Set<UnicodeScript> JOINING = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.BENGALI,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.GUJARATI,
            UnicodeScript.GURMUKHI,
            UnicodeScript.KANNADA,
            UnicodeScript.KHMER,
            UnicodeScript.MALAYALAM,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.MYANMAR,
            UnicodeScript.NKO,
            UnicodeScript.ORIYA,
            UnicodeScript.SINHALA,
            UnicodeScript.SYRIAC,
            UnicodeScript.TAMIL,
            UnicodeScript.TELUGU,
            UnicodeScript.TIBETAN);

    private Invisible() {}

    /** Whether one occurs where it has no use. Joiners after a letter that joins, and within emoji, have one. */
    static boolean in(String text) {
        int previous = 0;
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            boolean joiner = point == 0x200c || point == 0x200d;
            if (isInvisible(point) && !(joiner && joins(previous))) {
                return true;
            }
            previous = point;
            at += Character.charCount(point);
        }
        return false;
    }

    /** The text as it looks. */
    static String without(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().filter(point -> !isInvisible(point)).forEach(visible::appendCodePoint);
        return visible.toString();
    }

    private static boolean isInvisible(int point) {
        return switch (point) {
            case 0xad, 0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180e, 0x3164, 0xfeff, 0xffa0 -> true;
            default ->
                point >= 0x200b && point <= 0x200d
                        || point >= 0x2060 && point <= 0x2064
                        || point >= 0x206a && point <= 0x206f
                        || point >= 0xfff9 && point <= 0xfffb
                        || point >= 0xe0000 && point <= 0xe007f;
        };
    }

    private static boolean joins(int previous) {
        return Character.isExtendedPictographic(previous)
                || previous == 0xfe0f
                || Character.isEmojiModifier(previous)
                || JOINING.contains(UnicodeScript.of(previous))
                || Character.getType(previous) == Character.NON_SPACING_MARK;
    }
}
