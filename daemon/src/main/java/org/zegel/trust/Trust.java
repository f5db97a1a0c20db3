package org.zegel.trust;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.MessageFacts;
import org.zegel.model.Verdict;
import org.zegel.model.Verdict.Lock;
import org.zegel.model.Verdict.Signer;
import org.zegel.trust.network.Network;
import org.zegel.trust.revocation.RevocationData;

/** Turns what was read into what may be believed. Odd input gives a verdict with findings, never an exception. */
public final class Trust {
    private final TrustedWorld world;
    private final SealRules seals;
    private final LockRules locks;

    /** Judges by what is at hand alone. */
    public Trust(TrustAnchors anchors, Clock clock, TrustPolicy policy) {
        this(anchors, clock, policy, Network.none(clock));
    }

    /** @param network where missing issuers and revocation data are fetched */
    public Trust(TrustAnchors anchors, Clock clock, TrustPolicy policy, Network network) {
        this.world = new TrustedWorld(anchors, clock, policy, network);
        this.seals = new SealRules(policy);
        this.locks = new LockRules(policy.algorithms());
    }

    /** The verdict on a message: every signer judged on its own, then the one seal and its sentence. */
    public Verdict judge(MessageFacts facts, TrustOptions options) {
        FromFields from = FromFields.of(facts);
        SignerJudge judge = new SignerJudge(world.forCall(options), options, from.address());
        List<Signer> signers = facts.signers().stream().map(judge::judge).toList();
        SealRules.Decision decision = seals.decide(facts, signers, from);
        @Nullable Signer deciding = decision.index() < 0 ? null : signers.get(decision.index());
        Lock lock = locks.decide(facts);
        List<Finding> findings = findings(facts, from);
        return new Verdict(
                decision.seal(),
                lock,
                signers,
                facts.decryptedWith(),
                VerdictTexts.of(decision, lock, deciding, from.address()),
                VerdictTexts.of(lock),
                FindingTexts.of(findings, signers, facts.layers()),
                facts.layers(),
                facts.headers(),
                findings);
    }

    /** Whether the certificate may be believed for this purpose, at the moment the options say. */
    public Verdict.Chain chain(
            X509Certificate leaf,
            Collection<X509Certificate> extra,
            Collection<X509CRL> crls,
            TrustOptions options,
            CertificatePurpose purpose) {
        return assess(leaf, extra, crls, options, purpose).chain();
    }

    /** The same with the strength of the algorithms and the findings. The options' CRLs are consulted too. */
    public ChainAssessment assess(
            X509Certificate leaf,
            Collection<X509Certificate> extra,
            Collection<X509CRL> crls,
            TrustOptions options,
            CertificatePurpose purpose) {
        return world.forCall(options)
                .assess(leaf, extra, new RevocationData(options.crls(), crls, List.of()), options, purpose);
    }

    private List<Finding> findings(MessageFacts facts, FromFields from) {
        Set<Finding> findings = new LinkedHashSet<>(facts.findings());
        findings.addAll(locks.findings(facts));
        if (!facts.signers().isEmpty()) {
            findings.addAll(from.findings());
        }
        findings.addAll(Correspondents.findings(facts, from.address()));
        return List.copyOf(findings);
    }
}
