package org.zegel.model;

import java.util.List;

/**
 * Raw values of the header fields beside From that name people, of each field that occurs.
 *
 * @param to with the members of Cc
 */
public record AddressFields(List<String> sender, List<String> replyTo, List<String> resentFrom, List<String> to) {
    public static final AddressFields NONE = new AddressFields(List.of(), List.of(), List.of(), List.of());

    public AddressFields {
        sender = List.copyOf(sender);
        replyTo = List.copyOf(replyTo);
        resentFrom = List.copyOf(resentFrom);
        to = List.copyOf(to);
    }
}
