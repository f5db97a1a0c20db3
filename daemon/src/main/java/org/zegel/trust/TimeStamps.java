package org.zegel.trust;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Revocation;
import org.zegel.model.Verdict.Strength;
import org.zegel.smime.verify.TimeStampFacts;
import org.zegel.smime.verify.TimeStampReader;
import org.zegel.trust.revocation.RevocationData;

/**
 * When signatures existed, by time-stamps whose authority is trusted (RFC 3161). The authority's chain is judged at the
 * moment it states; an authority that has been revoked since proves nothing any more (RFC 3161 section 4).
 */
final class TimeStamps {
    /** How much an authority's clock may be ahead of ours. */
    static final Duration SKEW = Duration.ofMinutes(5);

    /** Most tokens of one message that are looked at. */
    static final int MAX_TOKENS = 16;

    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

    private final TrustedWorld world;
    private final TrustOptions options;
    private int looked;

    TimeStamps(TrustedWorld world, TrustOptions options) {
        this.world = world;
        this.options = options;
    }

    /**
     * What the time-stamps of a signature prove.
     *
     * @param proven the earliest moment of a trusted one
     * @param unsettled the earliest moment of one that is trusted but for whether its authority has been revoked
     */
    record Proof(@Nullable Instant proven, @Nullable Instant unsettled, List<Finding> findings) {}

    Proof of(SignerFacts signer) {
        @Nullable Instant proven = null;
        @Nullable Instant unsettled = null;
        Set<Finding> findings = new LinkedHashSet<>();
        for (byte[] token : signer.timeStampTokens()) {
            if (looked++ >= MAX_TOKENS) {
                findings.add(Finding.TIME_STAMP_NOT_CHECKED);
                break;
            }
            switch (TimeStampReader.read(token, signer.signatureValue(), known(signer))) {
                case TimeStampFacts.Unsound unsound -> findings.add(unsound.reason());
                case TimeStampFacts.Sound sound -> {
                    switch (trust(sound, signer)) {
                        case SETTLED -> proven = earlier(proven, sound.time());
                        case UNSETTLED -> unsettled = earlier(unsettled, sound.time());
                        case NONE -> findings.add(Finding.TIME_STAMP_UNTRUSTED);
                    }
                }
            }
        }
        return new Proof(proven, unsettled, List.copyOf(findings));
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    private List<X509Certificate> known(SignerFacts signer) {
        List<X509Certificate> all = new ArrayList<>(options.certificates());
        all.addAll(signer.certificates());
        return all;
    }

    private enum Trusted {
        SETTLED,
        UNSETTLED,
        NONE
    }

    /** The best of the certificates that fit the token's signature. */
    private Trusted trust(TimeStampFacts.Sound token, SignerFacts signer) {
        if (!new AlgorithmStrength(world.policy().algorithms())
                        .of(token.authority())
                        .isEmpty()
                || token.time().isAfter(world.clock().instant().plus(SKEW))) {
            return Trusted.NONE;
        }
        Trusted best = Trusted.NONE;
        for (X509Certificate certificate : token.authority().fitting()) {
            Trusted one = forTimeStampingOnly(certificate) ? trust(certificate, token, signer) : Trusted.NONE;
            best = one.compareTo(best) < 0 ? one : best;
        }
        return best;
    }

    private Trusted trust(X509Certificate certificate, TimeStampFacts.Sound token, SignerFacts signer) {
        ChainAssessment then = assess(certificate, token, signer, token.time());
        if (then.chain().status() != ChainStatus.TRUSTED || then.strength() == Strength.WEAK) {
            return Trusted.NONE;
        }
        ChainAssessment now = assess(certificate, token, signer, world.clock().instant());
        if (now.chain().status() == ChainStatus.REVOKED) {
            return Trusted.NONE;
        }
        boolean settled = then.chain().revocation() == Revocation.GOOD
                || world.policy().revocation().soft();
        return settled ? Trusted.SETTLED : Trusted.UNSETTLED;
    }

    private ChainAssessment assess(
            X509Certificate certificate, TimeStampFacts.Sound token, SignerFacts signer, Instant at) {
        List<X509Certificate> extra = new ArrayList<>(token.authority().certificates());
        extra.addAll(signer.certificates());
        List<X509CRL> crls = new ArrayList<>(token.authority().crls());
        crls.addAll(signer.crls());
        List<byte[]> ocsp = new ArrayList<>(token.authority().ocspResponses());
        ocsp.addAll(signer.ocspResponses());
        RevocationData data = new RevocationData(options.crls(), crls, ocsp);
        return world.assess(certificate, extra, data, options.at(at), CertificatePurpose.SIGN_TIME_STAMP);
    }

    /** RFC 3161 section 2.3: the extended key usage is critical and names nothing else. */
    private static boolean forTimeStampingOnly(X509Certificate certificate) {
        try {
            @Nullable List<String> usages = certificate.getExtendedKeyUsage();
            @Nullable Set<String> critical = certificate.getCriticalExtensionOIDs();
            return List.of(TIME_STAMPING).equals(usages) && critical != null && critical.contains(EXTENDED_KEY_USAGE);
        } catch (CertificateParsingException odd) {
            return false;
        }
    }
}
