package org.zegel.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.model.AddressList;
import org.zegel.model.EmailAddress;
import org.zegel.model.Finding;
import org.zegel.model.Mailbox;
import org.zegel.model.MessageFacts;

/**
 * Who the message says it is from. There is an answer only where one field names one mailbox, and the protected field,
 * where there is one, goes before the outer.
 *
 * @param address the address that signers are compared with
 * @param findings why there is none, or what stands in the way of a valid seal
 */
record FromFields(@Nullable EmailAddress address, List<Finding> findings) {
    FromFields {
        findings = List.copyOf(findings);
    }

    static FromFields of(MessageFacts facts) {
        List<Finding> findings = new ArrayList<>();
        @Nullable List<String> guarded = facts.protectedFrom();
        if (guarded == null) {
            return new FromFields(single(facts.outerFrom(), findings).orElse(null), findings);
        }
        Optional<EmailAddress> inner = single(guarded, findings);
        if (!facts.outerFrom().isEmpty()) {
            Optional<EmailAddress> outer = single(facts.outerFrom(), findings);
            if (inner.isPresent() && !outer.map(inner.get()::matches).orElse(false)) {
                findings.add(Finding.OUTER_FROM_DIFFERS);
            }
        }
        return new FromFields(inner.orElse(null), findings.stream().distinct().toList());
    }

    private static Optional<EmailAddress> single(List<String> fields, List<Finding> findings) {
        if (fields.size() != 1) {
            findings.add(fields.isEmpty() ? Finding.FROM_MISSING : Finding.SEVERAL_FROM_FIELDS);
            return Optional.empty();
        }
        String field = fields.getFirst();
        AddressList list = AddressList.parse(field);
        if (list.problem() != null) {
            findings.add(Finding.FROM_UNREADABLE);
            if (field.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\r' && c != '\n')) {
                findings.add(Finding.FROM_CONTROL_CHARACTER);
            }
        } else if (list.groups()) {
            findings.add(Finding.FROM_GROUP);
        } else if (list.mailboxes().size() != 1) {
            findings.add(Finding.SEVERAL_FROM_ADDRESSES);
        }
        list.single().ifPresent(mailbox -> findings.addAll(MailboxCheck.of(mailbox)));
        return list.single().map(Mailbox::address);
    }

    /** The first finding that lowers the seal though the address itself is clear; empty for none. */
    Optional<Finding> trick() {
        return findings.stream()
                .filter(finding -> address != null && finding.weight() == Finding.Weight.LOWERS)
                .findFirst();
    }
}
