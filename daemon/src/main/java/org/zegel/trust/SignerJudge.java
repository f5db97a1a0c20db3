package org.zegel.trust;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.zegel.trust.path.Shortfall;
import org.zegel.trust.revocation.RevocationData;

/** Answers the four questions about one signer: intact? trusted? address? time? */
final class SignerJudge {
    private final TrustedWorld world;
    private final TrustOptions options;
    private final @Nullable EmailAddress from;
    private final TimeStamps timeStamps;
    private final AlgorithmStrength strength;
    private final Map<List<X509Certificate>, Map<Asked, ChainAssessment>> assessed = new IdentityHashMap<>();

    SignerJudge(TrustedWorld world, TrustOptions options, @Nullable EmailAddress from) {
        this.world = world;
        this.options = options;
        this.from = from;
        this.timeStamps = new TimeStamps(world, options);
        this.strength = new AlgorithmStrength(world.policy().algorithms());
    }

    Signer judge(SignerFacts facts) {
        Set<Finding> findings = new LinkedHashSet<>(facts.findings());
        if (facts.certificate() == null) {
            return withoutCertificate(facts, findings);
        }
        TimeStamps.Proof proof = timeStamps.of(facts);
        findings.addAll(proof.findings());
        Timed timed = timed(facts, proof);
        findings.addAll(timed.findings());
        ChainAssessment chain = timed.judged().chain();
        findings.addAll(chain.findings());
        List<Finding> weaknesses = strength.of(facts);
        findings.addAll(weaknesses);
        boolean weak = !weaknesses.isEmpty() || chain.strength() == Strength.WEAK;
        X509Certificate certificate = timed.judged().certificate();
        findings.addAll(CertificateAddresses.oddities(certificate));
        findings.addAll(BaselineAdvice.of(certificate));
        return new Signer(
                facts.integrity(),
                chain.chain(),
                address(certificate),
                timed.time(),
                weak ? Strength.WEAK : Strength.ACCEPTABLE,
                CertificateSummaries.of(certificate),
                facts.services(),
                List.copyOf(findings));
    }

    private Signer withoutCertificate(SignerFacts facts, Set<Finding> findings) {
        findings.add(Finding.CERTIFICATE_MISSING);
        List<Finding> weaknesses = strength.of(facts);
        findings.addAll(weaknesses);
        if (!facts.timeStampTokens().isEmpty()) {
            findings.add(Finding.TIME_STAMP_NOT_CHECKED);
        }
        return new Signer(
                facts.integrity(),
                new Chain(ChainStatus.NOT_CHECKED, Revocation.NOT_CHECKED, Finding.CERTIFICATE_MISSING, List.of()),
                AddressMatch.NOT_APPLICABLE,
                new Time(
                        world.at(options),
                        options.at() == null ? TimeBasis.CLOCK : TimeBasis.CALLER,
                        facts.claimedTime(),
                        null),
                AlgorithmStrength.of(weaknesses),
                null,
                facts.services(),
                List.copyOf(findings));
    }

    /** One of the certificates that fit, with what is thought of its chain. */
    private record Judged(X509Certificate certificate, ChainAssessment chain) {}

    /** The chain at the moment it is judged at, and why at that one. */
    private record Timed(Judged judged, Time time, List<Finding> findings) {}

    /** The moment: the caller's, else that of a trusted time-stamp, else the clock's. */
    private Timed timed(SignerFacts facts, TimeStamps.Proof proof) {
        @Nullable Instant asked = options.at();
        if (asked != null) {
            return at(asked, TimeBasis.CALLER, proof.proven(), facts);
        }
        if (proof.proven() != null) {
            return at(proof.proven(), TimeBasis.TIME_STAMP, proof.proven(), facts);
        }
        Timed now = at(world.clock().instant(), TimeBasis.CLOCK, null, facts);
        if (proof.unsettled() == null) {
            return now;
        }
        // Not worth less than no time-stamp, and never a way out for a certificate that was revoked.
        if (now.judged().chain().chain().status() == ChainStatus.EXPIRED) {
            Timed then = at(proof.unsettled(), TimeBasis.TIME_STAMP, proof.unsettled(), facts);
            List<Finding> findings = new ArrayList<>(then.findings());
            findings.add(Finding.TIME_STAMP_REVOCATION_UNKNOWN);
            return new Timed(then.judged(), then.time(), findings);
        }
        return now;
    }

    private Timed at(Instant moment, TimeBasis basis, @Nullable Instant stamped, SignerFacts facts) {
        Judged judged = best(facts, moment);
        Time time = new Time(moment, basis, facts.claimedTime(), stamped);
        ChainStatus status = judged.chain().chain().status();
        List<Finding> findings = new ArrayList<>();
        if (status == ChainStatus.EXPIRED) {
            findings.add(Finding.EXPIRED_NO_PROOF_OF_TIME);
        } else if (basis == TimeBasis.TIME_STAMP && status == ChainStatus.TRUSTED && expiredSince(judged)) {
            findings.add(Finding.VALID_WHEN_TIME_STAMPED);
        }
        return new Timed(judged, time, findings);
    }

    private boolean expiredSince(Judged judged) {
        Instant now = world.clock().instant();
        return judged.chain().chain().path().stream()
                .anyMatch(certificate -> certificate.notAfter().isBefore(now));
    }

    private static final Comparator<Judged> ORDER = Comparator.comparingInt(
                    (Judged judged) -> Shortfall.gravity(judged.chain().chain().status()))
            .thenComparing(judged -> judged.chain().chain().revocation() != Revocation.GOOD);

    /** Of several certificates with the signer's key the one that is trusted most, then the one that is in From. */
    private Judged best(SignerFacts facts, Instant moment) {
        List<X509Certificate> fitting =
                facts.fitting().isEmpty() ? List.of(Objects.requireNonNull(facts.certificate())) : facts.fitting();
        return fitting.stream()
                .map(certificate -> new Judged(certificate, assess(certificate, facts, moment)))
                .min(ORDER.thenComparing(judged -> address(judged.certificate()) != AddressMatch.MATCH))
                .orElseThrow();
    }

    /** Signers of one SignedData share its certificates: fifty signatures of one person cost one search. */
    private record Asked(X509Certificate certificate, Instant moment) {}

    private ChainAssessment assess(X509Certificate certificate, SignerFacts facts, Instant moment) {
        if (facts.certificates().isEmpty()) {
            return assessAnew(certificate, facts, moment);
        }
        return assessed.computeIfAbsent(facts.certificates(), _ -> new HashMap<>())
                .computeIfAbsent(new Asked(certificate, moment), _ -> assessAnew(certificate, facts, moment));
    }

    private ChainAssessment assessAnew(X509Certificate certificate, SignerFacts facts, Instant moment) {
        return world.assess(
                certificate,
                facts.certificates(),
                new RevocationData(options.crls(), facts.crls(), facts.ocspResponses()),
                options.at(moment),
                CertificatePurpose.SIGN_MAIL);
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
