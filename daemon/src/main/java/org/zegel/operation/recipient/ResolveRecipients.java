package org.zegel.operation.recipient;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.zegel.directory.Directory;
import org.zegel.directory.DirectoryEntry;
import org.zegel.directory.RecipientPreferences;
import org.zegel.model.Capabilities;
import org.zegel.model.CertificateAddresses;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.CertificateSummary;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.Fingerprint;
import org.zegel.model.Identity;
import org.zegel.store.Stores;
import org.zegel.trust.Trust;
import org.zegel.trust.TrustOptions;

/**
 * Finds the certificate that each address is encrypted to: of those known that pass path, revocation, usage and address
 * checks, or that a person pinned, the pinned before others, then the one chosen before or its renewal, the newest, the longest valid.
 */
public final class ResolveRecipients {
    private static final Comparator<DirectoryEntry> VOUCHED_FIRST = Comparator.comparing(
                    (DirectoryEntry entry) -> !entry.pinned())
            .thenComparing(entry -> entry.source() != DirectoryEntry.Source.OWN);
    private static final Comparator<DirectoryEntry> NEWEST_FIRST = Comparator.comparing(
                    (DirectoryEntry entry) -> summary(entry).notBefore(), Comparator.reverseOrder())
            .thenComparing(entry -> summary(entry).notAfter(), Comparator.reverseOrder());

    private final Directory directory;
    private final RecipientPreferences preferences;
    private final Stores stores;
    private final Trust trust;
    private final Clock clock;

    public ResolveRecipients(
            Directory directory, RecipientPreferences preferences, Stores stores, Trust trust, Clock clock) {
        this.directory = directory;
        this.preferences = preferences;
        this.stores = stores;
        this.trust = trust;
        this.clock = clock;
    }

    /** One answer for each address, in order. */
    public List<Recipient> resolve(List<EmailAddress> addresses, TrustOptions options) throws Failure {
        return resolve(addresses, options, false);
    }

    /** The same, with the others that are as good where only a person can choose. */
    public List<Recipient> resolveToChoose(List<EmailAddress> addresses, TrustOptions options) throws Failure {
        return resolve(addresses, options, true);
    }

    private List<Recipient> resolve(List<EmailAddress> addresses, TrustOptions options, boolean toChoose)
            throws Failure {
        Fitness fitness = new Fitness(trust, options);
        List<Identity> own = stores.identities();
        List<Recipient> answers = new ArrayList<>();
        for (EmailAddress address : addresses) {
            @Nullable String preferred = preferences.preferred(address).orElse(null);
            List<DirectoryEntry> known = known(address, own);
            Predicate<DirectoryEntry> chosen = chosen(known, preferred);
            List<DirectoryEntry> candidates = known.stream()
                    .sorted(VOUCHED_FIRST
                            .thenComparing(entry -> !chosen.test(entry))
                            .thenComparing(NEWEST_FIRST))
                    .toList();
            Recipient best = best(address, candidates, fitness);
            DirectoryEntry entry = best.entry();
            if (!toChoose || entry == null || entry.pinned() || chosen.test(entry)) {
                answers.add(best);
                continue;
            }
            List<DirectoryEntry> worse = candidates.subList(candidates.indexOf(entry) + 1, candidates.size());
            answers.add(Recipient.found(address, entry, others(address, entry, worse, fitness)));
        }
        return answers;
    }

    private static Recipient best(EmailAddress address, List<DirectoryEntry> candidates, Fitness fitness) {
        @Nullable Recipient firstRefused = null;
        for (DirectoryEntry entry : candidates) {
            Optional<Recipient.Reason> reason = fitness.shortfall(entry, address);
            if (reason.isEmpty()) {
                return Recipient.found(address, entry, List.of());
            }
            if (firstRefused == null) {
                firstRefused = Recipient.none(address, reason.get());
            }
        }
        return firstRefused == null ? Recipient.none(address, Recipient.Reason.UNKNOWN_ADDRESS) : firstRefused;
    }

    /** The good ones that no better one replaces. */
    private static List<DirectoryEntry> others(
            EmailAddress address, DirectoryEntry best, List<DirectoryEntry> worse, Fitness fitness) {
        List<DirectoryEntry> good = new ArrayList<>(List.of(best));
        for (DirectoryEntry entry : worse) {
            boolean replaced = good.stream().anyMatch(better -> replaces(better, entry));
            if (!replaced && fitness.shortfall(entry, address).isEmpty()) {
                good.add(entry);
            }
        }
        return good.subList(1, good.size());
    }

    /** Whether the older one is nothing to choose: the key is the same, or its issuer gave the newer one since. */
    private static boolean replaces(DirectoryEntry newer, DirectoryEntry older) {
        X509Certificate one = newer.certificate();
        X509Certificate other = older.certificate();
        return one.getPublicKey().equals(other.getPublicKey())
                || one.getIssuerX500Principal().equals(other.getIssuerX500Principal())
                        && CertificateSummaries.of(one)
                                .notBefore()
                                .isAfter(CertificateSummaries.of(other).notBefore());
    }

    /** Whether it is what the person chose, or what replaced that since: a renewal inherits the choice. */
    private static Predicate<DirectoryEntry> chosen(List<DirectoryEntry> known, @Nullable String preferred) {
        List<DirectoryEntry> kept = known.stream()
                .filter(entry -> Fingerprint.sha256(entry.certificate()).equals(preferred))
                .toList();
        return entry ->
                kept.stream().anyMatch(one -> one.certificate().equals(entry.certificate()) || replaces(entry, one));
    }

    private List<DirectoryEntry> known(EmailAddress address, List<Identity> own) throws Failure {
        List<DirectoryEntry> known = new ArrayList<>(directory.find(address));
        own.stream()
                .filter(identity -> !identity.retired())
                .filter(identity ->
                        CertificateAddresses.of(identity.certificate()).stream().anyMatch(address::matches))
                .map(this::entry)
                .forEach(known::add);
        return known;
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
