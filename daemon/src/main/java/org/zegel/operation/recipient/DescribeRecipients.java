package org.zegel.operation.recipient;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.zegel.directory.DirectoryEntry;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.CertificateSummary;
import org.zegel.model.ContentCipher;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.operation.Judgement;

/** Tells which certificate each address would be encrypted to, or why none. */
public final class DescribeRecipients {
    private final ResolveRecipients resolve;
    private final Judgement judgement;

    public DescribeRecipients(ResolveRecipients resolve, Judgement judgement) {
        this.resolve = resolve;
        this.judgement = judgement;
    }

    /**
     * One address.
     *
     * @param source {@code harvested}, {@code imported} or {@code own}
     * @param ciphers those the recipient is known to read
     * @param reason stable kebab-case code, null when a certificate was found
     */
    public record Described(
            EmailAddress address,
            @Nullable CertificateSummary certificate,
            @Nullable String source,
            List<ContentCipher> ciphers,
            @Nullable String reason) {}

    /** One answer for each address, in order. */
    public List<Described> run(List<EmailAddress> addresses) throws Failure {
        return resolve.resolve(addresses, judgement.options(false)).stream()
                .map(DescribeRecipients::describe)
                .toList();
    }

    private static Described describe(Recipient recipient) {
        DirectoryEntry entry = recipient.entry();
        Recipient.Reason reason = recipient.reason();
        if (entry == null) {
            return new Described(recipient.address(), null, null, List.of(), reason == null ? null : reason.code());
        }
        return new Described(
                recipient.address(),
                CertificateSummaries.of(entry.certificate()),
                entry.source().name().toLowerCase(Locale.ROOT),
                CipherChoice.readable(entry.capabilities()),
                null);
    }
}
