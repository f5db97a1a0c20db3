package org.zegel.trust.revocation;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;

/**
 * Finds who signed a CRL and whether he may: a CA above the certificate, or another certificate of the CRL issuer's name
 * with a path of its own to the same anchor, not revoked itself (RFC 5280 section 6.3.3 (f) and (g)). A signer is checked
 * by lists of others, unless its CA points to its own list for it.
 */
final class CrlSigners {
    /** Most certificates of one name whose keys are tried. */
    static final int MAX_CANDIDATES = 8;

    private static final int CRL_SIGN = 6;

    private final PathEvaluation evaluation;
    private final X509Certificate certificate;
    private final List<X509Certificate> above;
    private final PathEvaluation.Trail trail;
    private final Map<Crl, Result> known = new IdentityHashMap<>();

    /** @param above the path above the certificate that is checked, the anchor last */
    CrlSigners(
            PathEvaluation evaluation,
            X509Certificate certificate,
            List<X509Certificate> above,
            PathEvaluation.Trail trail) {
        this.evaluation = evaluation;
        this.certificate = certificate;
        this.above = above;
        this.trail = trail;
    }

    /** The signer, or why there is none. */
    record Result(@Nullable X509Certificate signer, Finding why) {}

    Result of(Crl crl) {
        return known.computeIfAbsent(crl, this::find);
    }

    private Result find(Crl crl) {
        if (!evaluation.tools().strength().acceptable(crl.algorithm())) {
            return new Result(null, Finding.CRL_ALGORITHM_WEAK);
        }
        Finding why = Finding.CRL_SIGNATURE_INVALID;
        for (X509Certificate candidate : candidates(crl)) {
            if (maySign(candidate) && evaluation.mayVerify() && crl.signedBy(SignerKeys.of(candidate, above))) {
                if (above.contains(candidate) || trusted(candidate, crl)) {
                    return new Result(candidate, why);
                }
                why = Finding.CRL_ISSUER_UNTRUSTED;
            }
        }
        return new Result(null, why);
    }

    private List<X509Certificate> candidates(Crl crl) {
        return Stream.concat(above.stream(), evaluation.question().others().stream())
                .filter(certificate -> certificate.getSubjectX500Principal().equals(crl.issuer()))
                .distinct()
                .limit(MAX_CANDIDATES)
                .toList();
    }

    private boolean trusted(X509Certificate signer, Crl crl) {
        if (signer.equals(certificate) && vouchesForItself(signer)) {
            return true;
        }
        if (trail.isFull()
                || trail.visited().contains(signer)
                || !evaluation.tools().strength().acceptable(signer)) {
            return false;
        }
        RevocationQuestion question = evaluation.question();
        // A list of today is signed by a certificate of today, also when a past moment is judged.
        Instant moment = crl.thisUpdate().isAfter(question.at()) ? crl.thisUpdate() : question.at();
        Optional<List<X509Certificate>> path =
                evaluation.tools().issuers().find(signer, question.anchor(), question.others(), moment);
        return path.isPresent() && evaluation.allGood(path.get(), trail);
    }

    /** Its CA wrote into the certificate that it is on the list that it signs itself; nobody else may say that. */
    private static boolean vouchesForItself(X509Certificate signer) {
        return DistributionPoints.of(signer).stream()
                .anyMatch(point -> point.crlIssuers().contains(signer.getSubjectX500Principal()));
    }

    private static boolean maySign(X509Certificate issuer) {
        boolean @Nullable [] usage = issuer.getKeyUsage();
        return usage == null || (CRL_SIGN < usage.length && usage[CRL_SIGN]);
    }
}
