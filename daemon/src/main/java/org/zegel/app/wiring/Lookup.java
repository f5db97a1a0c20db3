package org.zegel.app.wiring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.directory.DirectoryEntry;
import org.zegel.model.Capabilities;
import org.zegel.model.ContentCipher;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.operation.Judgement;
import org.zegel.operation.RecipientLookup;
import org.zegel.operation.recipient.CipherChoice;
import org.zegel.operation.recipient.Recipient;
import org.zegel.operation.recipient.ResolveRecipients;

/** Lets encrypting ask what resolving recipients knows. */
final class Lookup implements RecipientLookup {
    private final ResolveRecipients resolve;
    private final Judgement judgement;

    Lookup(ResolveRecipients resolve, Judgement judgement) {
        this.resolve = resolve;
        this.judgement = judgement;
    }

    @Override
    public List<Answer> find(List<EmailAddress> addresses) throws Failure {
        return resolve.resolveToChoose(addresses, judgement.options(false)).stream()
                .map(Lookup::answer)
                .toList();
    }

    @Override
    public ContentCipher cipher(List<? extends @Nullable Capabilities> recipients) {
        return CipherChoice.choose(recipients);
    }

    private static Answer answer(Recipient recipient) {
        DirectoryEntry entry = recipient.entry();
        Recipient.Reason reason = recipient.reason();
        if (entry == null) {
            return new Answer(recipient.address(), null, reason == null ? null : reason.code(), List.of());
        }
        List<Found> others = recipient.others().stream()
                .map(other -> found(recipient, other))
                .toList();
        return new Answer(recipient.address(), found(recipient, entry), null, others);
    }

    private static Found found(Recipient recipient, DirectoryEntry entry) {
        return new Found(recipient.address(), entry.certificate(), entry.capabilities());
    }
}
