package org.zegel.trust;

import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntPredicate;
import org.zegel.model.EmailAddress;
import org.zegel.model.EncodedWords;
import org.zegel.model.Finding;
import org.zegel.model.Mailbox;

/**
 * Looks for what makes a sender look like somebody else: many programs show the display name alone, or the address in
 * a form that hides what it is.
 */
final class MailboxCheck {
    /** Longest display name that leaves the address in view, in characters. */
    static final int MAX_NAME = 128;
    /** How much of a name is searched for addresses: a longer one is pointed out for its length alone. */
    private static final int MAX_SEARCHED = 2_048;

    /** Longest run of white space in a display name, in characters. */
    static final int MAX_SPACE = 8;

    private MailboxCheck() {}

    /** What is odd about the mailbox; empty for nearly all. */
    static Set<Finding> of(Mailbox mailbox) {
        Set<Finding> findings = EnumSet.noneOf(Finding.class);
        String written = mailbox.displayName() == null ? "" : mailbox.displayName();
        String name = EncodedWords.decode(written);
        String comments = EncodedWords.decode(mailbox.comments());
        if (namesAnother(name, mailbox.address())) {
            findings.add(Finding.DISPLAY_NAME_HAS_ADDRESS);
        }
        if (namesAnother(comments, mailbox.address())) {
            findings.add(Finding.COMMENT_HAS_ADDRESS);
        }
        if (Math.max(name.length(), comments.length()) > MAX_NAME || longestSpace(name) > MAX_SPACE) {
            findings.add(Finding.DISPLAY_NAME_HIDES_ADDRESS);
        }
        if (mailbox.address().toString().contains("=?")) {
            findings.add(Finding.ENCODED_WORD_IN_ADDRESS);
        }
        String shown = name + comments + mailbox.address().local();
        if (any(shown, MailboxCheck::isControl)) {
            findings.add(Finding.FROM_CONTROL_CHARACTER);
        }
        if (any(shown, MailboxCheck::isBidiControl)) {
            findings.add(Finding.FROM_BIDI_CONTROL);
        }
        if (Invisible.in(shown)) {
            findings.add(Finding.FROM_INVISIBLE_CHARACTER);
        }
        findings.addAll(LookAlikes.of(mailbox.address()));
        return findings;
    }

    /** Whether the text holds an e-mail address that is not this one, in compatibility forms of the signs too. */
    private static boolean namesAnother(String text, EmailAddress address) {
        String searched = text.substring(0, Math.min(text.length(), MAX_SEARCHED));
        String plain = Normalizer.normalize(Invisible.without(searched), Normalizer.Form.NFKC);
        for (int at = plain.indexOf('@'); at >= 0; at = plain.indexOf('@', at + 1)) {
            int start = at;
            while (start > 0 && at - start < EmailAddress.MAX_LENGTH && isAddressPart(plain.charAt(start - 1))) {
                start--;
            }
            int end = at + 1;
            while (end < plain.length()
                    && end - at < EmailAddress.MAX_LENGTH
                    && isAddressPart(plain.charAt(end))
                    && plain.charAt(end) != '@') {
                end++;
            }
            String domain = trimmed(plain.substring(at + 1, end));
            String local = trimmed(plain.substring(start, at));
            if (domain.indexOf('.') > 0 && !local.isEmpty()) {
                boolean same = EmailAddress.parse(local + "@" + domain)
                        .map(address::matches)
                        .orElse(false);
                if (!same) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String trimmed(String part) {
        return part.replaceAll("^[.'`]+|[.'`!?]+$", "");
    }

    private static boolean isAddressPart(char c) {
        return !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && !Character.isISOControl(c)
                && "\"<>()[]{},;:|/\\“”„«»‹›‘’".indexOf(c) < 0;
    }

    private static int longestSpace(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // U+2800 and U+3164 are drawn as nothing, though they are no white space.
            boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u2800' || c == '\u3164';
            run = space ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private static boolean any(String text, IntPredicate kind) {
        return text.codePoints().anyMatch(kind);
    }

    private static boolean isControl(int point) {
        return Character.isISOControl(point) && point != '\t' || point == 0x2028 || point == 0x2029;
    }

    /** Embeddings, overrides and isolates; the marks that Arabic and Hebrew names need are none of them. */
    private static boolean isBidiControl(int point) {
        return point >= 0x202a && point <= 0x202e || point >= 0x2066 && point <= 0x2069;
    }
}
