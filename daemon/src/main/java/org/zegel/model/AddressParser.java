package org.zegel.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A strict reader of address fields: RFC 5322 section 3.4, obsolete routes and spacing of section 4.4, UTF-8. */
public final class AddressParser extends AddressLexer {
    /** Longest field value that is read, in characters. */
    public static final int MAX_FIELD_LENGTH = 256 * 1024;
    /** Most mailboxes in one field, those that cannot be read included. */
    public static final int MAX_MAILBOXES = 5_000;

    private final List<Mailbox> mailboxes = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private boolean groups;
    private @Nullable String problem;
    /** Where the mailbox, group or member of a group that is being read begins. */
    private int entryStart;

    private int mailboxesBefore;

    private AddressParser(String text) {
        super(text);
    }

    /** Reads the raw value of a field; never fails. */
    public static AddressList parse(String rawFieldValue) {
        AddressParser parser = new AddressParser(rawFieldValue);
        if (rawFieldValue.length() > MAX_FIELD_LENGTH) {
            parser.refuse("field-too-long", rawFieldValue.length());
        } else {
            parser.list();
        }
        return new AddressList(parser.mailboxes, parser.groups, parser.problem, parser.unreadable);
    }

    private void list() {
        while (position < text.length()) {
            try {
                begin();
                // Empty elements are obsolete syntax (section 4.4) and name nobody.
                if (position < text.length() && !take(',')) {
                    address(false);
                    skip();
                    attachComments();
                    if (position < text.length() && !take(',')) {
                        throw new Unreadable("address-syntax");
                    }
                }
            } catch (Unreadable problemOfEntry) {
                boolean goesOn = mailboxes.size() + unreadable.size() < MAX_MAILBOXES;
                refuse(problemOfEntry.code, goesOn ? entryEnd() : text.length());
            }
        }
        if (mailboxes.isEmpty() && !groups && problem == null) {
            problem = "address-missing";
        }
    }

    private void begin() throws Unreadable {
        entryStart = position;
        mailboxesBefore = mailboxes.size();
        forgetComments();
        skip();
    }

    /** Passes over the entry, whatever was read of it, and goes on after its end. */
    private void refuse(String code, int end) {
        if (problem == null) {
            problem = code;
        }
        unreadable.add(text.substring(entryStart, end).strip());
        mailboxes.subList(mailboxesBefore, mailboxes.size()).clear();
        position = Math.min(end + 1, text.length());
    }

    /** Where an entry that cannot be read ends: at the next comma or semicolon outside quotes and comments. */
    private int entryEnd() {
        boolean quoted = false;
        int depth = 0;
        for (int at = entryStart; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '"' && depth == 0) {
                quoted = !quoted;
            } else if (c == '(' && !quoted) {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            } else if ((c == ',' || c == ';') && !quoted && depth == 0) {
                return at;
            }
        }
        return text.length();
    }

    /** One mailbox or group, told apart by what follows the leading words. */
    private void address(boolean inGroup) throws Unreadable {
        int start = position;
        if (peek() == '<') {
            keep(null, angle());
            return;
        }
        String phrase = phrase();
        switch (peek()) {
            case '<' -> keep(phrase, angle());
            case '@' -> {
                position = start;
                keep(null, addressSpecification());
            }
            case ':' -> {
                if (inGroup || phrase.isEmpty()) {
                    throw new Unreadable("group-syntax");
                }
                position++;
                group();
            }
            default -> throw new Unreadable("address-syntax");
        }
    }

    private void group() throws Unreadable {
        groups = true;
        begin();
        while (!take(';')) {
            if (position >= text.length()) {
                throw new Unreadable("group-syntax");
            }
            if (!take(',')) {
                address(true);
                skip();
                attachComments();
                if (peek() != ';' && !take(',')) {
                    throw new Unreadable("group-syntax");
                }
            }
            begin();
        }
    }

    private void keep(@Nullable String name, EmailAddress address) throws Unreadable {
        if (mailboxes.size() == MAX_MAILBOXES) {
            throw new Unreadable("too-many-addresses");
        }
        mailboxes.add(new Mailbox(name == null || name.isEmpty() ? null : name, address, ""));
    }

    /** What stands in parentheses belongs to the mailbox that was just read; after a group it is nobody's. */
    private void attachComments() {
        if (mailboxes.size() == mailboxesBefore + 1 && !comments().isEmpty()) {
            Mailbox last = mailboxes.removeLast();
            mailboxes.add(new Mailbox(last.displayName(), last.address(), comments()));
        }
    }

    private EmailAddress angle() throws Unreadable {
        position++;
        skip();
        route();
        EmailAddress address = addressSpecification();
        skip();
        if (!take('>')) {
            throw new Unreadable("address-syntax");
        }
        return address;
    }

    /** obs-route, {@code @a,@b:}, which says nothing about the mailbox. */
    private void route() throws Unreadable {
        if (peek() != '@' && peek() != ',') {
            return;
        }
        while (!take(':')) {
            if (take('@')) {
                skip();
                domain();
            } else if (!take(',')) {
                throw new Unreadable("address-syntax");
            }
            skip();
        }
        skip();
    }

    private EmailAddress addressSpecification() throws Unreadable {
        skip();
        String local = local();
        skip();
        if (!take('@')) {
            throw new Unreadable("address-syntax");
        }
        skip();
        String domain = domain();
        return EmailAddress.parse(local + "@" + domain).orElseThrow(() -> new Unreadable("address-syntax"));
    }

    /** Words joined by dots; quoted only where the quoting is needed. */
    private String local() throws Unreadable {
        StringBuilder plain = new StringBuilder();
        boolean quotes = false;
        do {
            skip();
            if (peek() == '"') {
                String word = quotedString();
                quotes |=
                        word.isEmpty() || !word.chars().allMatch(c -> isAtom((char) c) || c == '.') || hasOddDots(word);
                plain.append(word);
            } else {
                plain.append(atom());
            }
            skip();
        } while (take('.'));
        if (!quotes) {
            return plain.toString();
        }
        return '"' + plain.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static boolean hasOddDots(String word) {
        return word.startsWith(".") || word.endsWith(".") || word.contains("..");
    }

    private String domain() throws Unreadable {
        if (peek() == '[') {
            return literal();
        }
        StringBuilder domain = new StringBuilder(atom());
        int end = position;
        skip();
        while (take('.')) {
            skip();
            domain.append('.').append(atom());
            end = position;
            skip();
        }
        position = end;
        return domain.toString();
    }

    private String literal() throws Unreadable {
        int end = text.indexOf(']', position, Math.min(text.length(), position + EmailAddress.MAX_LENGTH));
        if (end < 0) {
            throw new Unreadable("address-syntax");
        }
        String literal = text.substring(position, end + 1);
        if (literal.chars()
                .anyMatch(c -> c <= ' ' || c >= 0x7f || c == '\\' || (c == '[' && literal.indexOf(c, 1) > 0))) {
            throw new Unreadable("address-syntax");
        }
        position = end + 1;
        return literal;
    }
}
