package org.zegel.trust.path;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.ChainStatus;

/** No certificate has a critical extension that nobody here understands (RFC 5280 section 4.2). */
public final class CriticalExtensionsCheck implements PathCheck {
    private static final Set<String> UNDERSTOOD = Set.of(
            "2.5.29.15", // keyUsage
            "2.5.29.17", // subjectAltName
            "2.5.29.19", // basicConstraints
            "2.5.29.30", // nameConstraints
            "2.5.29.31", // cRLDistributionPoints
            "2.5.29.32", // certificatePolicies
            "2.5.29.33", // policyMappings
            "2.5.29.36", // policyConstraints
            "2.5.29.37", // extKeyUsage
            "2.5.29.54"); // inhibitAnyPolicy

    @Override
    public Optional<Shortfall> check(CandidatePath path, PathQuestion question) {
        for (X509Certificate certificate : path.belowAnchor()) {
            @Nullable Set<String> critical = certificate.getCriticalExtensionOIDs();
            if (critical != null && !UNDERSTOOD.containsAll(critical)) {
                return Optional.of(new Shortfall(ChainStatus.NOT_ALLOWED, Finding.CRITICAL_EXTENSION_UNKNOWN));
            }
        }
        return Optional.empty();
    }
}
