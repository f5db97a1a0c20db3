package org.zegel.trust;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Chain;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Revocation;
import org.zegel.trust.network.FetchSession;
import org.zegel.trust.network.FetchedIssuers;
import org.zegel.trust.network.Network;
import org.zegel.trust.path.CandidatePath;
import org.zegel.trust.path.CertificateSignatures;
import org.zegel.trust.path.IssuerSource;
import org.zegel.trust.path.PathFinder;
import org.zegel.trust.path.PathQuestion;
import org.zegel.trust.path.PathValidator;
import org.zegel.trust.path.Shortfall;
import org.zegel.trust.path.ValidityCheck;
import org.zegel.trust.revocation.RevocationChecker;
import org.zegel.trust.revocation.RevocationData;
import org.zegel.trust.revocation.RevocationOutcome;
import org.zegel.trust.revocation.RevocationQuestion;

/** Judges one certificate: finds its paths, puts every check to each, and answers with the best of them. */
final class ChainAssessor {
    /** How often issuers are asked for from elsewhere: a chain of as many missing certificates is completed. */
    static final int MAX_FETCH_ROUNDS = 4;

    /** What another certificate of the same issuer may mend. */
    private static final Set<Finding> OF_ISSUERS = Set.of(
            Finding.ISSUER_EXPIRED,
            Finding.ISSUER_NOT_YET_VALID,
            Finding.ISSUER_REVOKED,
            Finding.ISSUER_KEY_USAGE,
            Finding.ISSUER_EXTENDED_KEY_USAGE);

    private final Collection<X509Certificate> anchors;
    private final Collection<X509Certificate> others;
    private final RevocationData data;
    private final TrustPolicy policy;
    private final FetchSession fetches;
    private final AlgorithmStrength strength;
    private final Instant now;

    /** Judges by what is at hand alone, and as if the moment judged at were now. */
    ChainAssessor(Collection<X509Certificate> anchors, Collection<X509Certificate> others, Collection<X509CRL> crls) {
        this(
                anchors,
                others,
                new RevocationData(crls, List.of(), List.of()),
                TrustPolicy.STRICT,
                Network.none(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)).session(true),
                Instant.EPOCH);
    }

    /**
     * An assessor.
     *
     * @param fetches where missing issuers and revocation data may be had
     * @param now the clock's moment, whatever moment is judged at
     */
    ChainAssessor(
            Collection<X509Certificate> anchors,
            Collection<X509Certificate> others,
            RevocationData data,
            TrustPolicy policy,
            FetchSession fetches,
            Instant now) {
        this.anchors = anchors;
        this.others = others;
        this.data = data;
        this.policy = policy;
        this.fetches = fetches;
        this.strength = new AlgorithmStrength(policy.algorithms());
        this.now = now;
    }

    private record Judged(
            CandidatePath path, @Nullable Shortfall worst, RevocationOutcome revocation, List<Finding> weaknesses) {
        int gravity() {
            return worst == null ? 0 : worst.gravity();
        }

        boolean settled() {
            return worst == null && revocation.revocation() == Revocation.GOOD && weaknesses.isEmpty();
        }

        boolean mayBeMended() {
            return worst != null && OF_ISSUERS.contains(worst.reason());
        }
    }

    ChainAssessment assess(X509Certificate leaf, Instant at, CertificatePurpose purpose) {
        PathQuestion question =
                new PathQuestion(at, policy.certificatePolicies().inputs());
        Set<X509Certificate> known = new LinkedHashSet<>(others);
        Set<X509Certificate> asked = new HashSet<>();
        PathFinder.Outcome search = PathFinder.find(leaf, anchors, known, at);
        Optional<Judged> best = best(search, question, purpose, known);
        for (int round = 0;
                round < MAX_FETCH_ROUNDS && (best.isEmpty() || best.get().mayBeMended());
                round++) {
            if (!fetchIssuers(best.map(Judged::path).orElse(search.longest()), asked, known)) {
                break;
            }
            search = PathFinder.find(leaf, anchors, known, at);
            best = best(search, question, purpose, known);
        }
        return best.isPresent() ? answer(best.get()) : unanchored(search, question);
    }

    /** Adds issuers that were not known to the known ones; false when there is none. */
    private boolean fetchIssuers(CandidatePath path, Set<X509Certificate> asked, Set<X509Certificate> known) {
        boolean more = false;
        IssuerSource issuers = new FetchedIssuers(fetches);
        for (X509Certificate certificate : path.belowAnchor().reversed()) {
            if (asked.add(certificate)) {
                more |= known.addAll(issuers.issuersOf(certificate));
            }
        }
        return more;
    }

    /** Rules first, for all paths; then revocation, the best path first, until one is good. */
    private Optional<Judged> best(
            PathFinder.Outcome search,
            PathQuestion question,
            CertificatePurpose purpose,
            Collection<X509Certificate> known) {
        List<Ruled> ruled = search.paths().stream()
                .map(path -> new Ruled(path, PathValidator.worst(path, question, new PurposeCheck(purpose))))
                .sorted(Comparator.comparingInt(Ruled::gravity))
                .toList();
        @Nullable Judged best = null;
        for (Ruled each : ruled) {
            Judged judged = judge(each, question, known);
            best = best == null || ORDER.compare(judged, best) < 0 ? judged : best;
            if (judged.settled()) {
                break;
            }
        }
        return Optional.ofNullable(best);
    }

    private record Ruled(CandidatePath path, Optional<Shortfall> worst) {
        int gravity() {
            return worst.map(Shortfall::gravity).orElse(0);
        }
    }

    private static final Comparator<Judged> ORDER = Comparator.comparingInt(Judged::gravity)
            .thenComparing(judged -> judged.revocation().revocation() != Revocation.GOOD)
            .thenComparing(judged -> !judged.weaknesses().isEmpty());

    /** Goes to the network for a path that is good but for revocation, and for no other. */
    private Judged judge(Ruled ruled, PathQuestion question, Collection<X509Certificate> known) {
        RevocationOutcome revocation = new RevocationChecker(
                        policy.revocation(), fetches, strength.ofRevocation(), new CrlSignerPaths())
                .check(new RevocationQuestion(
                        ruled.path().certificates(),
                        known,
                        data,
                        question.at(),
                        now,
                        ruled.worst().isEmpty()));
        Optional<Shortfall> worst = revocation.revocation() == Revocation.REVOKED
                ? Optional.of(new Shortfall(
                        ChainStatus.REVOKED,
                        revocation.leafRevoked() ? Finding.CERTIFICATE_REVOKED : Finding.ISSUER_REVOKED))
                : ruled.worst();
        return new Judged(ruled.path(), worst.orElse(null), revocation, strength.of(ruled.path()));
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
        findings.addAll(best.weaknesses());
        return new ChainAssessment(
                chain,
                AlgorithmStrength.of(best.weaknesses()),
                List.copyOf(findings),
                best.path().last());
    }

    private ChainAssessment unanchored(PathFinder.Outcome search, PathQuestion question) {
        CandidatePath path = search.longest();
        X509Certificate last = path.last();
        Finding reason;
        if (search.limited()) {
            reason = Finding.PATH_SEARCH_LIMITED;
        } else if (search.badSignature()) {
            reason = Finding.ISSUER_SIGNATURE_INVALID;
        } else if (!CertificateSignatures.selfIssued(last)) {
            reason = Finding.ISSUER_UNKNOWN;
        } else {
            reason = path.certificates().size() == 1 ? Finding.SELF_SIGNED : Finding.ANCHOR_UNKNOWN;
        }
        List<Finding> findings = new ArrayList<>(List.of(Finding.REVOCATION_NOT_CHECKED));
        new ValidityCheck().check(path, question).map(Shortfall::reason).ifPresent(findings::add);
        Chain chain = new Chain(
                ChainStatus.UNTRUSTED, Revocation.NOT_CHECKED, reason, CertificateSummaries.of(path.certificates()));
        List<Finding> weaknesses = strength.of(path);
        findings.addAll(weaknesses);
        return new ChainAssessment(chain, AlgorithmStrength.of(weaknesses), findings, null);
    }
}
