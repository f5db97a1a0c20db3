package org.zegel.operation.recipient;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.directory.DirectoryEntry;
import org.zegel.model.CertificateAddresses;
import org.zegel.model.EmailAddress;
import org.zegel.model.Finding;
import org.zegel.model.Verdict;
import org.zegel.model.Verdict.Strength;
import org.zegel.operation.recipient.Recipient.Reason;
import org.zegel.trust.CertificatePurpose;
import org.zegel.trust.ChainAssessment;
import org.zegel.trust.Trust;
import org.zegel.trust.TrustOptions;

/** Whether a known certificate is fit to encrypt to. */
final class Fitness {
    private static final Set<Finding> USAGES =
            Set.of(Finding.KEY_USAGE, Finding.EXTENDED_KEY_USAGE, Finding.ISSUER_EXTENDED_KEY_USAGE);

    private final Trust trust;
    private final TrustOptions options;

    Fitness(Trust trust, TrustOptions options) {
        this.trust = trust;
        this.options = options;
    }

    /** Empty when it is fit. A pinned certificate stands for its address and issuer, but not for its time and use. */
    Optional<Reason> shortfall(DirectoryEntry entry, EmailAddress address) {
        ChainAssessment assessed = assess(entry, options);
        if (assessed.chain().status() == Verdict.ChainStatus.REVOKED) {
            return Optional.of(Reason.REVOKED);
        }
        if (entry.pinned()) {
            return reason(assess(entry, trusting(entry.certificate())).chain());
        }
        boolean named = CertificateAddresses.of(entry.certificate()).stream().anyMatch(address::matches);
        if (!named) {
            return Optional.of(Reason.ADDRESS_MISMATCH);
        }
        Optional<Reason> reason = reason(assessed.chain());
        return reason.isEmpty() && assessed.strength() == Strength.WEAK ? Optional.of(Reason.WEAK_ALGORITHMS) : reason;
    }

    private ChainAssessment assess(DirectoryEntry entry, TrustOptions by) {
        return trust.assess(entry.certificate(), entry.chain(), List.of(), by, CertificatePurpose.ENCRYPT_MAIL);
    }

    private TrustOptions trusting(X509Certificate pinned) {
        return new TrustOptions(
                List.of(pinned), options.certificates(), options.crls(), options.at(), options.offline());
    }

    private static Optional<Reason> reason(Verdict.Chain chain) {
        @Nullable Finding code = chain.reason();
        return switch (chain.status()) {
            case TRUSTED -> Optional.empty();
            case EXPIRED -> Optional.of(Reason.EXPIRED);
            case NOT_YET_VALID -> Optional.of(Reason.NOT_YET_VALID);
            case REVOKED -> Optional.of(Reason.REVOKED);
            case NOT_ALLOWED ->
                Optional.of(code != null && USAGES.contains(code) ? Reason.KEY_USAGE : Reason.NOT_TRUSTED);
            case UNTRUSTED, NOT_CHECKED -> Optional.of(Reason.NOT_TRUSTED);
        };
    }
}
