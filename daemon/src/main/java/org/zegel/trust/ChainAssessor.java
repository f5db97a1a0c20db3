package org.zegel.trust;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Chain;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Revocation;
import org.zegel.model.Verdict.Strength;

/** Judges one certificate: finds its paths, puts every check to each, and answers with the best of them. */
final class ChainAssessor {
    private static final List<PathCheck> CHECKS = List.of(
            new ValidityCheck(),
            new CriticalExtensionsCheck(),
            new IssuerCheck(),
            new PurposeCheck(),
            new NameConstraintsCheck(),
            new ExtensionRulesCheck(),
            new Rfc5280Check());

    private final Collection<X509Certificate> anchors;
    private final Collection<X509Certificate> others;
    private final Collection<X509CRL> crls;

    ChainAssessor(Collection<X509Certificate> anchors, Collection<X509Certificate> others, Collection<X509CRL> crls) {
        this.anchors = anchors;
        this.others = others;
        this.crls = crls;
    }

    private record Judged(CandidatePath path, @Nullable Shortfall worst, CrlRevocation.Outcome revocation) {
        int gravity() {
            return worst == null ? 0 : worst.gravity();
        }

        boolean settled() {
            return worst == null && revocation.revocation() == Revocation.GOOD;
        }
    }

    ChainAssessment assess(X509Certificate leaf, Instant at, CertificatePurpose purpose) {
        PathQuestion question = new PathQuestion(at, purpose);
        PathFinder.Outcome search = PathFinder.find(leaf, anchors, others, at);
        if (search.paths().isEmpty()) {
            return unanchored(search, question);
        }
        @Nullable Judged best = null;
        for (CandidatePath path : search.paths()) {
            Judged judged = judge(path, question);
            best = best == null || ORDER.compare(judged, best) < 0 ? judged : best;
            if (judged.settled()) {
                break;
            }
        }
        return answer(Objects.requireNonNull(best));
    }

    private static final Comparator<Judged> ORDER = Comparator.comparingInt(Judged::gravity)
            .thenComparing(judged -> judged.revocation().revocation() != Revocation.GOOD)
            .thenComparing(judged -> AlgorithmStrength.of(judged.path()) == Strength.WEAK);

    private Judged judge(CandidatePath path, PathQuestion question) {
        CrlRevocation.Outcome revocation = CrlRevocation.of(path, crls, question.at());
        Optional<Shortfall> worst = revocation.revocation() == Revocation.REVOKED
                ? Optional.of(new Shortfall(
                        ChainStatus.REVOKED,
                        revocation.leafRevoked() ? Finding.CERTIFICATE_REVOKED : Finding.ISSUER_REVOKED))
                : worst(path, question);
        return new Judged(path, worst.orElse(null), revocation);
    }

    /** The gravest shortfall; of equals the first, as the checks are ordered from plain to general. */
    private static Optional<Shortfall> worst(CandidatePath path, PathQuestion question) {
        @Nullable Shortfall worst = null;
        for (PathCheck check : CHECKS) {
            Optional<Shortfall> one = check.check(path, question);
            if (one.isPresent() && (worst == null || one.get().gravity() > worst.gravity())) {
                worst = one.get();
            }
        }
        return Optional.ofNullable(worst);
    }

    private static ChainAssessment answer(Judged best) {
        @Nullable Shortfall worst = best.worst();
        Revocation revocation = best.revocation().revocation();
        Chain chain = new Chain(
                worst == null ? ChainStatus.TRUSTED : worst.status(),
                revocation,
                worst == null ? null : worst.reason(),
                CertificateSummaries.of(best.path().certificates()));
        Set<Finding> findings = new LinkedHashSet<>(best.revocation().findings());
        switch (revocation) {
            case NOT_CHECKED -> findings.add(Finding.REVOCATION_NOT_CHECKED);
            case UNKNOWN -> findings.add(Finding.REVOCATION_UNKNOWN);
            case GOOD, REVOKED -> {}
        }
        return new ChainAssessment(chain, AlgorithmStrength.of(best.path()), List.copyOf(findings));
    }

    private static ChainAssessment unanchored(PathFinder.Outcome search, PathQuestion question) {
        CandidatePath path = search.longest();
        X509Certificate last = path.last();
        Finding reason;
        if (search.badSignature()) {
            reason = Finding.ISSUER_SIGNATURE_INVALID;
        } else if (search.limited()) {
            reason = Finding.PATH_SEARCH_LIMITED;
        } else if (!CertificateSignatures.selfIssued(last)) {
            reason = Finding.ISSUER_UNKNOWN;
        } else {
            reason = path.certificates().size() == 1 ? Finding.SELF_SIGNED : Finding.ANCHOR_UNKNOWN;
        }
        List<Finding> findings = new ArrayList<>(List.of(Finding.REVOCATION_NOT_CHECKED));
        new ValidityCheck().check(path, question).map(Shortfall::reason).ifPresent(findings::add);
        Chain chain = new Chain(
                ChainStatus.UNTRUSTED, Revocation.NOT_CHECKED, reason, CertificateSummaries.of(path.certificates()));
        return new ChainAssessment(chain, AlgorithmStrength.of(path), findings);
    }
}
