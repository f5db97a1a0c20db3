package org.zegel.trust;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.ChainStatus;

/** What RFC 5280 section 4.2.1 forbids in extensions, beyond what the path algorithm looks at. */
final class ExtensionRulesCheck implements PathCheck {
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final String CERTIFICATE_POLICIES = "2.5.29.32";

    @Override
    public Optional<Shortfall> check(CandidatePath path, PathQuestion question) {
        for (X509Certificate certificate : path.belowAnchor()) {
            if (certificate.getExtensionValue(NAME_CONSTRAINTS) != null && certificate.getBasicConstraints() < 0) {
                return notAllowed(Finding.NAME_CONSTRAINTS_MISPLACED);
            }
            if (!policiesDiffer(certificate)) {
                return notAllowed(Finding.POLICIES_MALFORMED);
            }
        }
        return Optional.empty();
    }

    /** A policy appears once at most (section 4.2.1.4). */
    private static boolean policiesDiffer(X509Certificate certificate) {
        byte @Nullable [] value = certificate.getExtensionValue(CERTIFICATE_POLICIES);
        if (value == null) {
            return true;
        }
        try {
            PolicyInformation[] policies = CertificatePolicies.getInstance(
                            ASN1OctetString.getInstance(value).getOctets())
                    .getPolicyInformation();
            return Arrays.stream(policies)
                            .map(PolicyInformation::getPolicyIdentifier)
                            .distinct()
                            .count()
                    == policies.length;
        } catch (RuntimeException odd) {
            return false;
        }
    }

    private static Optional<Shortfall> notAllowed(Finding reason) {
        return Optional.of(new Shortfall(ChainStatus.NOT_ALLOWED, reason));
    }
}
