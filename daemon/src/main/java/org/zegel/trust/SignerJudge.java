package org.zegel.trust;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.CertificateAddresses;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.EmailAddress;
import org.zegel.model.Finding;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.AddressMatch;
import org.zegel.model.Verdict.Chain;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Revocation;
import org.zegel.model.Verdict.Signer;
import org.zegel.model.Verdict.Strength;
import org.zegel.model.Verdict.Time;
import org.zegel.model.Verdict.TimeBasis;

/** Answers the four questions about one signer: intact? trusted? address? time? */
final class SignerJudge {
    private final TrustedWorld world;
    private final TrustOptions options;
    private final @Nullable EmailAddress from;

    SignerJudge(TrustedWorld world, TrustOptions options, @Nullable EmailAddress from) {
        this.world = world;
        this.options = options;
        this.from = from;
    }

    Signer judge(SignerFacts facts) {
        Set<Finding> findings = new LinkedHashSet<>(facts.findings());
        if (!facts.timeStampTokens().isEmpty()) {
            findings.add(Finding.TIME_STAMP_NOT_CHECKED);
        }
        Time time = new Time(
                world.at(options),
                options.at() == null ? TimeBasis.CLOCK : TimeBasis.CALLER,
                facts.claimedTime(),
                null);
        @Nullable X509Certificate certificate = facts.certificate();
        if (certificate == null) {
            findings.add(Finding.CERTIFICATE_MISSING);
            return new Signer(
                    facts.integrity(),
                    new Chain(ChainStatus.NOT_CHECKED, Revocation.NOT_CHECKED, Finding.CERTIFICATE_MISSING, List.of()),
                    AddressMatch.NOT_APPLICABLE,
                    time,
                    facts.signatureWeak() ? Strength.WEAK : Strength.ACCEPTABLE,
                    null,
                    facts.services(),
                    List.copyOf(findings));
        }
        ChainAssessment chain = assess(certificate, facts);
        findings.addAll(chain.findings());
        findings.addAll(CertificateAddresses.oddities(certificate));
        boolean weak = facts.signatureWeak() || chain.strength() == Strength.WEAK;
        return new Signer(
                facts.integrity(),
                chain.chain(),
                address(certificate),
                time,
                weak ? Strength.WEAK : Strength.ACCEPTABLE,
                CertificateSummaries.of(certificate),
                facts.services(),
                List.copyOf(findings));
    }

    private ChainAssessment assess(X509Certificate certificate, SignerFacts facts) {
        List<X509CRL> crls = new ArrayList<>(options.crls());
        crls.addAll(facts.crls());
        return world.assess(certificate, facts.certificates(), crls, options, CertificatePurpose.SIGN_MAIL);
    }

    private AddressMatch address(X509Certificate certificate) {
        List<EmailAddress> named = CertificateAddresses.of(certificate);
        if (named.isEmpty()) {
            return AddressMatch.ABSENT;
        }
        if (from == null) {
            return AddressMatch.NOT_APPLICABLE;
        }
        return named.stream().anyMatch(from::matches) ? AddressMatch.MATCH : AddressMatch.MISMATCH;
    }
}
