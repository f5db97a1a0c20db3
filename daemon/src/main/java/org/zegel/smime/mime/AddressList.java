package org.zegel.smime.mime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.model.EmailAddress;

/**
 * The addresses of From, To, Cc or Bcc (RFC 5322 section 3.4 with its obsolete forms, RFC 6532). Groups are dissolved
 * into their members, routes and comments dropped.
 *
 * @param unreadable entries, as written, in which no address could be read
 */
public record AddressList(List<Mailbox> mailboxes, List<String> unreadable) {
    /** An address with the name that stands before it, encoded words decoded; null without one. */
    public record Mailbox(@Nullable String name, EmailAddress address) {}

    public AddressList {
        mailboxes = List.copyOf(mailboxes);
        unreadable = List.copyOf(unreadable);
    }

    /** Reads one unfolded field value; never fails. */
    public static AddressList parse(String value) {
        return parse(List.of(value));
    }

    /** Reads several values of the same field, one after the other. */
    public static AddressList parse(List<String> values) {
        AddressParser parser = new AddressParser();
        values.forEach(parser::read);
        return parser.result();
    }

    /** The addresses alone. */
    public List<EmailAddress> addresses() {
        List<EmailAddress> addresses = new ArrayList<>(mailboxes.size());
        mailboxes.forEach(mailbox -> addresses.add(mailbox.address()));
        return addresses;
    }
}
