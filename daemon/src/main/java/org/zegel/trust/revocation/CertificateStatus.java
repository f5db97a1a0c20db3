package org.zegel.trust.revocation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Revocation;

/** What is known of one certificate, and why not more. */
record CertificateStatus(Revocation revocation, Set<Finding> findings) {
    static final CertificateStatus GOOD = new CertificateStatus(Revocation.GOOD, Set.of());
    static final CertificateStatus NOT_CHECKED = new CertificateStatus(Revocation.NOT_CHECKED, Set.of());

    CertificateStatus {
        findings = Set.copyOf(findings);
    }

    static CertificateStatus revoked(Finding... findings) {
        return new CertificateStatus(Revocation.REVOKED, Set.of(findings));
    }

    static CertificateStatus unknown(Finding... why) {
        return new CertificateStatus(Revocation.UNKNOWN, Set.of(why));
    }

    boolean settled() {
        return revocation == Revocation.GOOD || revocation == Revocation.REVOKED;
    }

    boolean isRevoked() {
        return revocation == Revocation.REVOKED;
    }

    /** The first that is settled, a revocation before all; of unsettled ones every reason. */
    static CertificateStatus best(List<CertificateStatus> all) {
        Set<Finding> why = new LinkedHashSet<>();
        boolean asked = false;
        for (CertificateStatus status : all) {
            if (status.isRevoked()) {
                return status;
            }
            why.addAll(status.findings());
            asked |= status.revocation() == Revocation.UNKNOWN;
        }
        return all.stream()
                .filter(CertificateStatus::settled)
                .findFirst()
                .orElse(new CertificateStatus(asked ? Revocation.UNKNOWN : Revocation.NOT_CHECKED, why));
    }
}
