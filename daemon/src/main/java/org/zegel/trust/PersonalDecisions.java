package org.zegel.trust;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.CertificateSummaries;
import org.zegel.model.CertificateSummary;
import org.zegel.model.Finding;
import org.zegel.model.Fingerprint;
import org.zegel.model.Verdict;
import org.zegel.model.Verdict.AnchorSource;
import org.zegel.model.Verdict.Chain;
import org.zegel.model.Verdict.ChainStatus;

/**
 * What people decided about single certificates, put before and after the judgement of a chain: a distrusted one is
 * nowhere relied on, a pinned one stands for its issuer. Neither undoes a revocation.
 */
final class PersonalDecisions {
    private final TrustAnchors anchors;
    private final TrustOptions options;

    PersonalDecisions(TrustAnchors anchors, TrustOptions options) {
        this.anchors = anchors;
        this.options = options;
    }

    /** Judges with these anchors and these other certificates. */
    @FunctionalInterface
    interface Assessment {
        ChainAssessment by(Collection<X509Certificate> roots, Collection<X509Certificate> others);
    }

    ChainAssessment assess(X509Certificate leaf, Collection<X509Certificate> others, Assessment assessment) {
        @Nullable List<X509Certificate> named = options.anchors();
        Collection<X509Certificate> roots = named == null ? anchors.all() : named;
        Set<String> never = anchors.distrusted();
        ChainAssessment assessed =
                never.isEmpty() ? assessment.by(roots, others) : without(never, leaf, assessment, roots, others);
        if (named == null && assessed.chain().status() == ChainStatus.UNTRUSTED && !isDistrusted(assessed)) {
            List<X509Certificate> pinned =
                    anchors.pinned().stream().filter(leaf::equals).toList();
            return pinned.isEmpty() ? assessed : pinned(assessment.by(pinned, others));
        }
        return withSource(assessed);
    }

    private static boolean isDistrusted(ChainAssessment assessed) {
        return assessed.chain().reason() == Finding.DISTRUSTED;
    }

    private ChainAssessment without(
            Set<String> never,
            X509Certificate leaf,
            Assessment assessment,
            Collection<X509Certificate> roots,
            Collection<X509Certificate> others) {
        List<X509Certificate> left = new ArrayList<>();
        ChainAssessment assessed = assessment.by(allowed(roots, never, left), allowed(others, never, left));
        boolean inPath = assessed.chain().path().stream().anyMatch(certificate -> never.contains(certificate.sha256()));
        boolean cut = assessed.chain().status() == ChainStatus.UNTRUSTED && isIssued(assessed.chain(), left);
        return inPath || cut || never.contains(Fingerprint.sha256(leaf)) ? distrusted(assessed) : assessed;
    }

    private static List<X509Certificate> allowed(
            Collection<X509Certificate> all, Set<String> never, List<X509Certificate> left) {
        List<X509Certificate> allowed = new ArrayList<>();
        for (X509Certificate certificate : all) {
            (never.contains(Fingerprint.sha256(certificate)) ? left : allowed).add(certificate);
        }
        return allowed;
    }

    /** Whether the path ends where one of these would have gone on. */
    private static boolean isIssued(Chain chain, List<X509Certificate> left) {
        CertificateSummary last = chain.path().getLast();
        return left.stream()
                .map(CertificateSummaries::of)
                .anyMatch(authority -> authority.subject().equals(last.issuer()));
    }

    private static ChainAssessment distrusted(ChainAssessment assessed) {
        Chain chain = assessed.chain();
        if (chain.status() == ChainStatus.REVOKED) {
            return assessed;
        }
        return new ChainAssessment(
                new Chain(ChainStatus.UNTRUSTED, chain.revocation(), Finding.DISTRUSTED, chain.path(), null),
                assessed.strength(),
                assessed.findings(),
                null);
    }

    private static ChainAssessment pinned(ChainAssessment assessed) {
        List<Finding> findings = new ArrayList<>(assessed.findings());
        findings.add(Finding.PINNED);
        return new ChainAssessment(
                from(assessed.chain(), AnchorSource.PERSON), assessed.strength(), findings, assessed.anchor());
    }

    private ChainAssessment withSource(ChainAssessment assessed) {
        @Nullable X509Certificate anchor = assessed.anchor();
        if (anchor == null) {
            return assessed;
        }
        AnchorSource source = options.anchors() == null ? anchors.source(anchor) : AnchorSource.CALL;
        return new ChainAssessment(from(assessed.chain(), source), assessed.strength(), assessed.findings(), anchor);
    }

    private static Chain from(Chain chain, AnchorSource source) {
        return new Verdict.Chain(chain.status(), chain.revocation(), chain.reason(), chain.path(), source);
    }
}
