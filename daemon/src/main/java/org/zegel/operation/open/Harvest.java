package org.zegel.operation.open;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.directory.Directory;
import org.zegel.model.Capabilities;
import org.zegel.model.CertificateAddresses;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.MessageFacts;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict;
import org.zegel.operation.Validity;
import org.zegel.smime.MessageEnvelope;
import org.zegel.store.KeyUses;

/**
 * Learns correspondents' certificates and capabilities from signed mail: only from an intact signature over the whole
 * message, with a trusted chain, strong algorithms and a matching From.
 */
public final class Harvest {
    private static final Logger LOG = LoggerFactory.getLogger(Harvest.class);

    /** Most certificates taken from one signature. */
    static final int MAX_PER_SIGNER = 4;

    /** Most issuers kept with a certificate. */
    static final int MAX_CHAIN = 8;

    private final Directory directory;
    private final Clock clock;

    public Harvest(Directory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** Keeps what the message teaches. Never makes opening fail. */
    void from(MessageFacts facts, Verdict verdict, MessageEnvelope envelope) {
        boolean good = verdict.seal() == Verdict.Seal.VALID || verdict.seal() == Verdict.Seal.WARNING;
        if (!good
                || envelope.from().size() != 1
                || facts.signers().size() != verdict.signers().size()) {
            return;
        }
        EmailAddress from = envelope.from().getFirst();
        for (int i = 0; i < facts.signers().size(); i++) {
            if (teaches(facts.signers().get(i), verdict.signers().get(i))) {
                keep(from, facts.signers().get(i));
            }
        }
    }

    private static boolean teaches(SignerFacts facts, Verdict.Signer judged) {
        return facts.coversWhole()
                && judged.integrity() == Verdict.Integrity.INTACT
                && judged.chain().status() == Verdict.ChainStatus.TRUSTED
                && judged.address() == Verdict.AddressMatch.MATCH
                && judged.algorithms() == Verdict.Strength.ACCEPTABLE;
    }

    private void keep(EmailAddress from, SignerFacts facts) {
        X509Certificate signer = facts.certificate();
        if (signer == null || !names(signer, from)) {
            return;
        }
        List<X509Certificate> issuers = facts.certificates().stream()
                .filter(certificate -> certificate.getBasicConstraints() >= 0)
                .limit(MAX_CHAIN)
                .toList();
        Capabilities capabilities = new Capabilities(facts.capabilities(), seen(facts));
        try {
            for (X509Certificate certificate : encryptionCertificates(from, signer, facts)) {
                directory.harvest(from, certificate, issuers, capabilities);
            }
        } catch (Failure notKept) {
            LOG.warn("A correspondent's certificate could not be kept", notKept);
        }
    }

    /**
     * The signer's own certificate if it can encrypt, and others in the message that its issuer gave to the same
     * address: the bag of certificates is not signed, so nothing from another issuer is taken.
     */
    private List<X509Certificate> encryptionCertificates(EmailAddress from, X509Certificate signer, SignerFacts facts) {
        return facts.certificates().stream()
                .filter(certificate -> certificate.equals(signer)
                        || certificate.getIssuerX500Principal().equals(signer.getIssuerX500Principal()))
                .filter(certificate -> certificate.getBasicConstraints() < 0)
                .filter(Harvest::encrypts)
                .filter(certificate -> names(certificate, from))
                .filter(certificate -> Validity.covers(certificate, clock.instant()))
                .distinct()
                .limit(MAX_PER_SIGNER)
                .toList();
    }

    /** When the signer says so, but never later than now: an old message does not replace what is newer. */
    private Instant seen(SignerFacts facts) {
        Instant now = clock.instant();
        Instant claimed = facts.claimedTime();
        return claimed == null || claimed.isAfter(now) ? now : claimed;
    }

    private static boolean names(X509Certificate certificate, EmailAddress address) {
        return CertificateAddresses.of(certificate).stream().anyMatch(address::matches);
    }

    private static boolean encrypts(X509Certificate certificate) {
        Set<Identity.KeyUse> uses = KeyUses.of(certificate);
        return uses.contains(Identity.KeyUse.DECRYPT) || uses.contains(Identity.KeyUse.AGREE);
    }
}
