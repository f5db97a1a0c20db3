package org.zegel.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.model.AddressList;
import org.zegel.model.EmailAddress;
import org.zegel.model.Mailbox;
import org.zegel.model.MessageFacts;

/**
 * Who the message says it is from. There is an answer only where one field names one mailbox, and the protected field,
 * where there is one, goes before the outer.
 *
 * @param address the address that signers are compared with
 * @param findings why there is none, or what stands in the way of a valid seal
 */
record FromFields(@Nullable EmailAddress address, List<String> findings) {
    FromFields {
        findings = List.copyOf(findings);
    }

    static FromFields of(MessageFacts facts) {
        List<String> findings = new ArrayList<>();
        @Nullable List<String> guarded = facts.protectedFrom();
        if (guarded == null) {
            return new FromFields(single(facts.outerFrom(), findings).orElse(null), findings);
        }
        Optional<EmailAddress> inner = single(guarded, findings);
        if (!facts.outerFrom().isEmpty()) {
            Optional<EmailAddress> outer = single(facts.outerFrom(), findings);
            if (inner.isPresent() && !outer.map(inner.get()::matches).orElse(false)) {
                findings.add("outer-from-differs");
            }
        }
        return new FromFields(inner.orElse(null), findings.stream().distinct().toList());
    }

    private static Optional<EmailAddress> single(List<String> fields, List<String> findings) {
        if (fields.size() != 1) {
            findings.add(fields.isEmpty() ? "from-missing" : "several-from-fields");
            return Optional.empty();
        }
        AddressList list = AddressList.parse(fields.getFirst());
        if (list.problem() != null) {
            findings.add("from-unreadable");
        } else if (list.groups()) {
            findings.add("from-group");
        } else if (list.mailboxes().size() != 1) {
            findings.add("several-from-addresses");
        }
        return list.single().map(Mailbox::address);
    }
}
