package org.zegel.trust;

import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.AddressFields;
import org.zegel.model.AddressList;
import org.zegel.model.CertificateAddresses;
import org.zegel.model.EmailAddress;
import org.zegel.model.Finding;
import org.zegel.model.Identity;
import org.zegel.model.MessageFacts;
import org.zegel.model.SignerFacts;

/** What Sender, Reply-To, Resent-From, To and Cc say beside From. None of it makes a signature good. */
final class Correspondents {
    /** Addresses of one kind of field, by their keys. */
    private record Named(Set<String> keys, boolean readable) {
        static Named of(List<String> values) {
            Set<String> keys = new HashSet<>();
            boolean readable = true;
            for (String value : values) {
                AddressList list = AddressList.parse(value);
                list.addresses().forEach(address -> keys.add(address.key()));
                readable &= list.problem() == null;
            }
            return new Named(keys, readable);
        }

        boolean has(EmailAddress address) {
            return keys.contains(address.key());
        }

        /** Whether anybody but this one is named, or something that cannot be read. */
        boolean differsFrom(EmailAddress address) {
            return !readable || keys.stream().anyMatch(key -> !key.equals(address.key()));
        }
    }

    private final AddressFields fields;
    private final @Nullable EmailAddress from;
    private final Named sender;
    private final Set<Finding> findings = EnumSet.noneOf(Finding.class);

    private Correspondents(AddressFields fields, @Nullable EmailAddress from) {
        this.fields = fields;
        this.from = from;
        this.sender = Named.of(fields.sender());
    }

    static Set<Finding> findings(MessageFacts facts, @Nullable EmailAddress from) {
        Correspondents correspondents = new Correspondents(facts.addresses(), from);
        Identity reader = facts.decryptedWith();
        if (!facts.signers().isEmpty()) {
            correspondents.ofSigned(facts.signers());
        }
        if (!facts.signers().isEmpty() || reader != null) {
            correspondents.ofAnswers();
        }
        if (reader != null) {
            correspondents.ofDecrypted(CertificateAddresses.of(reader.certificate()));
        }
        return correspondents.findings;
    }

    private void ofSigned(List<SignerFacts> signers) {
        if (!fields.resentFrom().isEmpty()) {
            findings.add(Finding.RESENT);
        }
        if (from == null) {
            return;
        }
        EmailAddress author = from;
        if (sender.differsFrom(author)) {
            findings.add(Finding.SENDER_DIFFERS);
        }
        if (signers.stream().anyMatch(signer -> signedBySender(signer.certificate(), author))) {
            findings.add(Finding.SIGNER_IS_SENDER);
        }
    }

    private void ofAnswers() {
        if (from != null && Named.of(fields.replyTo()).differsFrom(from)) {
            findings.add(Finding.REPLY_TO_DIFFERS);
        }
    }

    private boolean signedBySender(@Nullable X509Certificate signer, EmailAddress author) {
        List<EmailAddress> named = signer == null ? List.of() : CertificateAddresses.of(signer);
        return named.stream().noneMatch(author::matches) && named.stream().anyMatch(sender::has);
    }

    /**
     * Whether the message names the person whose key opened it. Who answers what was addressed to others, and quotes
     * it, may tell a stranger what the stranger could not read.
     */
    private void ofDecrypted(List<EmailAddress> own) {
        Named to = Named.of(fields.to());
        boolean named = own.stream()
                .anyMatch(address -> to.has(address) || sender.has(address) || from != null && address.matches(from));
        if (!own.isEmpty() && !named) {
            findings.add(Finding.RECIPIENT_NOT_ADDRESSED);
        }
    }
}
