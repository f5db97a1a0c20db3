package org.zegel.trust.revocation;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Revocation;

/**
 * The state of one certificate. First what the caller named; then OCSP, then CRLs of the network; last what the message
 * carries: its sender chose that, and may have chosen a list that is current but older than his revocation. A revocation
 * counts from wherever it is authentic.
 */
final class CertificateCheck {
    private static final String NO_REV_AVAIL = "2.5.29.56";

    private final PathEvaluation evaluation;
    private final X509Certificate certificate;
    private final X509Certificate issuer;
    private final CrlSigners signers;
    private final PathEvaluation.Trail trail;

    CertificateCheck(
            PathEvaluation evaluation,
            X509Certificate certificate,
            List<X509Certificate> above,
            PathEvaluation.Trail trail) {
        this.evaluation = evaluation;
        this.certificate = certificate;
        this.issuer = above.getFirst();
        this.signers = new CrlSigners(evaluation, certificate, above, trail);
        this.trail = trail;
    }

    CertificateStatus check() {
        // RFC 9608 section 4: the extension is for end entities only.
        if (certificate.getBasicConstraints() < 0 && certificate.getExtensionValue(NO_REV_AVAIL) != null) {
            return CertificateStatus.GOOD;
        }
        CertificateStatus named = crls(evaluation.named());
        if (named.settled()) {
            return named;
        }
        CertificateStatus carried = carried();
        if (carried.isRevoked()) {
            return carried;
        }
        List<CertificateStatus> all = new ArrayList<>();
        if (evaluation.fetches()) {
            CertificateStatus fetched = fetched();
            if (fetched.settled()) {
                return fetched;
            }
            all.add(fetched);
        }
        all.add(carried);
        return CertificateStatus.best(all);
    }

    private CertificateStatus carried() {
        List<CertificateStatus> all = new ArrayList<>();
        if (trail.ocsp()) {
            evaluation.question().data().carriedOcsp().stream()
                    .limit(OcspCheck.MAX_CARRIED)
                    .map(answer -> ocsp().check(answer, null))
                    // Of answers in a message most are about other certificates of the path.
                    .filter(status -> !status.findings().equals(Set.of(Finding.OCSP_OTHER_CERTIFICATE)))
                    .forEach(all::add);
        }
        all.add(crls(evaluation.atHand()));
        return CertificateStatus.best(all);
    }

    private CertificateStatus fetched() {
        RevocationPolicy policy = evaluation.tools().policy();
        List<CertificateStatus> all = new ArrayList<>();
        if (policy.ocsp() && trail.ocsp()) {
            CertificateStatus answered = new OcspFetch(evaluation, certificate, issuer, ocsp()).check();
            if (answered.settled()) {
                return answered;
            }
            all.add(answered);
        }
        if (policy.crls()) {
            CertificateStatus listed = new CrlFetch(evaluation, certificate, this::crlCheck).check();
            if (listed.settled()) {
                return listed;
            }
            all.add(listed);
        }
        CertificateStatus best = CertificateStatus.best(all);
        return best.findings().isEmpty() && evaluation.tools().fetches().online()
                ? new CertificateStatus(Revocation.UNKNOWN, Set.of(Finding.REVOCATION_NO_SOURCE))
                : best;
    }

    private CertificateStatus crls(List<Crl> crls) {
        return crlCheck(crls).check();
    }

    private CrlCheck crlCheck(List<Crl> crls) {
        return new CrlCheck(certificate, signers, evaluation.time(), crls);
    }

    private OcspCheck ocsp() {
        return new OcspCheck(evaluation, certificate, issuer, trail);
    }
}
