package org.zegel.smime.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.model.EmailAddress;
import org.zegel.smime.mime.AddressList.Mailbox;

/** Splits address lists into mailboxes, in time linear in their length. */
final class AddressParser {
    private final List<Mailbox> mailboxes = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    /** Words outside angle brackets: a display name, or a bare address with white space removed around dots and at. */
    private final StringBuilder phrase = new StringBuilder();

    private final StringBuilder bare = new StringBuilder();
    private boolean wordEnded;
    private boolean broken;
    private @Nullable String angle;
    private int entryStart;

    void read(String value) {
        HeaderLexer lexer = new HeaderLexer(value);
        begin(0);
        while (true) {
            skipSpace(lexer);
            if (lexer.atEnd()) {
                end(lexer);
                return;
            }
            switch (lexer.peek()) {
                case ',', ';' -> {
                    end(lexer);
                    lexer.take(lexer.peek());
                    begin(lexer.position());
                }
                case ':' -> {
                    // The name of a group: its members follow.
                    lexer.take(':');
                    begin(lexer.position());
                }
                case '<' -> angle(lexer);
                case '"' -> quoted(lexer);
                case '[' -> literal(lexer);
                default -> word(lexer);
            }
        }
    }

    AddressList result() {
        return new AddressList(mailboxes, unreadable);
    }

    private void begin(int position) {
        phrase.setLength(0);
        bare.setLength(0);
        wordEnded = false;
        broken = false;
        angle = null;
        entryStart = position;
    }

    private void skipSpace(HeaderLexer lexer) {
        int before = lexer.position();
        lexer.skipSpace();
        wordEnded |= lexer.position() > before;
    }

    private void word(HeaderLexer lexer) {
        String word = lexer.until(",;:<\"[");
        add(word, word);
    }

    private void quoted(HeaderLexer lexer) {
        int start = lexer.position();
        String content = lexer.quoted();
        add(content, isDotAtom(content) ? content : canonical(lexer.from(start), content));
    }

    /** A quoted string that is a local part stays quoted, in the shortest form. */
    private static String canonical(String written, String content) {
        return written.endsWith("\"") && written.length() > 1
                ? '"' + content.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                : written;
    }

    private void literal(HeaderLexer lexer) {
        int start = lexer.position();
        lexer.verbatimUntil(']');
        lexer.take(']');
        add(lexer.from(start), lexer.from(start));
    }

    private void add(String shown, String asAddress) {
        if (!phrase.isEmpty() && wordEnded) {
            phrase.append(' ');
        }
        phrase.append(shown);
        boolean joins = bare.isEmpty()
                || !wordEnded
                || endsOpen(bare)
                || asAddress.startsWith("@")
                || asAddress.startsWith(".");
        broken |= !joins;
        bare.append(asAddress);
        wordEnded = false;
    }

    private static boolean endsOpen(CharSequence text) {
        char last = text.charAt(text.length() - 1);
        return last == '@' || last == '.';
    }

    private void angle(HeaderLexer lexer) {
        lexer.take('<');
        AddressParser inner = new AddressParser();
        inner.begin(lexer.position());
        while (!lexer.atEnd() && lexer.peek() != '>') {
            inner.skipSpace(lexer);
            if (lexer.atEnd() || lexer.peek() == '>') {
                break;
            }
            switch (lexer.peek()) {
                case ':', ',' -> {
                    // End of an obsolete route (@a,@b:), or of one of its domains.
                    lexer.take(lexer.peek());
                    inner.begin(lexer.position());
                }
                case '"' -> inner.quoted(lexer);
                case '[' -> inner.literal(lexer);
                default -> {
                    String word = lexer.until(",:>\"[");
                    inner.add(word, word);
                }
            }
        }
        boolean closed = lexer.take('>');
        angle = closed && angle == null && !inner.broken ? inner.bare.toString() : "";
    }

    private void end(HeaderLexer lexer) {
        String written = lexer.from(entryStart).strip();
        String address = angle != null ? angle : bare.toString();
        if (angle == null && bare.isEmpty()) {
            return;
        }
        Optional<EmailAddress> parsed = angle == null && broken ? Optional.empty() : EmailAddress.parse(address);
        if (parsed.isEmpty()) {
            unreadable.add(written);
            return;
        }
        String name = angle == null || phrase.isEmpty() ? null : EncodedWords.decode(phrase.toString());
        mailboxes.add(new Mailbox(name, parsed.get()));
    }

    private static boolean isDotAtom(String text) {
        boolean atoms = !text.isEmpty()
                && text.chars()
                        .allMatch(c ->
                                c > 0x7f || Character.isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".indexOf(c) >= 0);
        return atoms && !text.startsWith(".") && !text.endsWith(".") && !text.contains("..");
    }
}
