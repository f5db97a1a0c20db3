package org.zegel.operation.recipient;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.directory.Directory;
import org.zegel.directory.DirectoryEntry;
import org.zegel.model.Capabilities;
import org.zegel.model.CertificateAddresses;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.CertificateSummary;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.store.Stores;
import org.zegel.trust.Trust;
import org.zegel.trust.TrustOptions;

/**
 * Finds the certificate that each address is encrypted to: of those known that pass path, revocation, usage and address
 * checks, or that a person pinned, the pinned before others, then the newest, then the longest valid.
 */
public final class ResolveRecipients {
    private static final Comparator<DirectoryEntry> BEST_FIRST = Comparator.comparing(
                    (DirectoryEntry entry) -> !entry.pinned())
            .thenComparing(entry -> entry.source() != DirectoryEntry.Source.OWN)
            .thenComparing(entry -> summary(entry).notBefore(), Comparator.reverseOrder())
            .thenComparing(entry -> summary(entry).notAfter(), Comparator.reverseOrder());

    private final Directory directory;
    private final Stores stores;
    private final Trust trust;
    private final Clock clock;

    public ResolveRecipients(Directory directory, Stores stores, Trust trust, Clock clock) {
        this.directory = directory;
        this.stores = stores;
        this.trust = trust;
        this.clock = clock;
    }

    /** One answer for each address, in order. */
    public List<Recipient> resolve(List<EmailAddress> addresses, TrustOptions options) throws Failure {
        Fitness fitness = new Fitness(trust, options);
        List<Identity> own = stores.identities();
        List<Recipient> answers = new ArrayList<>();
        for (EmailAddress address : addresses) {
            answers.add(one(address, candidates(address, own), fitness));
        }
        return answers;
    }

    private static Recipient one(EmailAddress address, List<DirectoryEntry> candidates, Fitness fitness) {
        @Nullable Recipient firstRefused = null;
        for (DirectoryEntry entry : candidates) {
            Optional<Recipient.Reason> reason = fitness.shortfall(entry, address);
            if (reason.isEmpty()) {
                return Recipient.found(address, entry);
            }
            if (firstRefused == null) {
                firstRefused = Recipient.none(address, reason.get());
            }
        }
        return firstRefused == null ? Recipient.none(address, Recipient.Reason.UNKNOWN_ADDRESS) : firstRefused;
    }

    private List<DirectoryEntry> candidates(EmailAddress address, List<Identity> own) throws Failure {
        List<DirectoryEntry> candidates = new ArrayList<>(directory.find(address));
        own.stream()
                .filter(identity -> !identity.retired())
                .filter(identity ->
                        CertificateAddresses.of(identity.certificate()).stream().anyMatch(address::matches))
                .map(this::entry)
                .forEach(candidates::add);
        return candidates.stream().sorted(BEST_FIRST).toList();
    }

    private static CertificateSummary summary(DirectoryEntry entry) {
        return CertificateSummaries.of(entry.certificate());
    }

    /** Our own certificate: its key is here, so there is no question whose it is, and Zegel reads every cipher. */
    private DirectoryEntry entry(Identity identity) {
        return new DirectoryEntry(
                identity.certificate(),
                identity.chain(),
                new Capabilities(CipherChoice.ALL, clock.instant()),
                DirectoryEntry.Source.OWN,
                true);
    }
}
