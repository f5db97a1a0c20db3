package org.zegel.trust;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.zegel.model.EmailAddress;
import org.zegel.model.Finding;

/**
 * Addresses written to be taken for others: scripts mixed in one word, or a word of another script that looks like one
 * of plain letters (Unicode Technical Standard 39: highly restrictive identifiers, confusables). ASCII is never looked
 * at twice: which ASCII name imitates which other nobody can tell without a list of names.
 */
final class LookAlikes {
    private static final Set<UnicodeScript> JAPANESE =
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA);
    private static final Set<UnicodeScript> CHINESE =
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO);
    private static final Set<UnicodeScript> KOREAN =
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL);

    /** Latin letters of living alphabets, which the table has as æ to ae: names in those languages are not tricks. */
    private static final String LIVING = "æœþ";

    private LookAlikes() {}

    /** What is wrong with the address; empty for nearly all. */
    static Set<Finding> of(EmailAddress address) {
        Set<Finding> findings = EnumSet.noneOf(Finding.class);
        String domain = IDN.toUnicode(address.domain(), IDN.ALLOW_UNASSIGNED);
        int dot = domain.lastIndexOf('.');
        String top = domain.substring(dot + 1);
        for (String label : domain.split("\\.")) {
            judge(label, isAscii(top) ? top : label, findings);
        }
        for (String word : address.local().toLowerCase(Locale.ROOT).split("[.+_\"-]")) {
            judge(word, "", findings);
        }
        return findings;
    }

    /** {@code top}: the domain's last label; one that is not ASCII itself is not there to deceive. */
    private static void judge(String word, String top, Set<Finding> findings) {
        if (isAscii(word)) {
            return;
        }
        if (isMixed(word)) {
            findings.add(Finding.ADDRESS_MIXED_SCRIPTS);
        }
        boolean alike = word.codePoints().filter(point -> point >= 0x80).allMatch(point -> isLookAlike(point, top));
        if (alike && isAscii(top)) {
            findings.add(Finding.ADDRESS_LOOK_ALIKE);
        }
    }

    private static boolean isLookAlike(int point, String top) {
        boolean dotless = point == 'ı' && (top.equals("tr") || top.equals("az"));
        return Table.POINTS.get(point) && LIVING.indexOf(point) < 0 && !dotless;
    }

    private static boolean isMixed(String word) {
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        word.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        scripts.remove(UnicodeScript.COMMON);
        scripts.remove(UnicodeScript.INHERITED);
        return scripts.size() > 1
                && !JAPANESE.containsAll(scripts)
                && !CHINESE.containsAll(scripts)
                && !KOREAN.containsAll(scripts);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** Loaded when the first address that is not ASCII comes by. */
    private static final class Table {
        static final BitSet POINTS = new BitSet();

        static {
            try (InputStream in = Objects.requireNonNull(LookAlikes.class.getResourceAsStream("look-alikes.txt"));
                    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                lines.lines()
                        .filter(line -> !line.startsWith("#"))
                        .forEach(line -> line.substring(line.indexOf(' ') + 1)
                                .codePoints()
                                .forEach(POINTS::set));
            } catch (IOException missing) {
                throw new UncheckedIOException(missing);
            }
        }
    }
}
