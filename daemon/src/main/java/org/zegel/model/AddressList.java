package org.zegel.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an address field (From, To, Cc, ...) says, by RFC 5322 section 3.4 with RFC 6532.
 *
 * @param mailboxes those read, members of groups included, in order
 * @param groups whether the field has group syntax
 * @param problem stable code of the first thing that could not be read; null when all was
 * @param unreadable entries, as written, that could not be read; none of their addresses is among the mailboxes
 */
public record AddressList(
        List<Mailbox> mailboxes, boolean groups, @Nullable String problem, List<String> unreadable) {
    public AddressList {
        mailboxes = List.copyOf(mailboxes);
        unreadable = List.copyOf(unreadable);
    }

    /** Reads the raw value of a field; never fails, and never guesses at what is not an address. */
    public static AddressList parse(String rawFieldValue) {
        return AddressParser.parse(rawFieldValue);
    }

    /** The addresses alone. */
    public List<EmailAddress> addresses() {
        return mailboxes.stream().map(Mailbox::address).toList();
    }

    /** The mailbox, where the whole field is exactly one and no group. */
    public Optional<Mailbox> single() {
        return problem == null && !groups && mailboxes.size() == 1
                ? Optional.of(mailboxes.getFirst())
                : Optional.empty();
    }
}
