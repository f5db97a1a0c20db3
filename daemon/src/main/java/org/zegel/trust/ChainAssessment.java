package org.zegel.trust;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Verdict;

/**
 * What was found out about a certificate's chain: the answer for clients, the strength of its algorithms, and codes.
 *
 * @param anchor where the path ends; null where it ends in none
 */
public record ChainAssessment(
        Verdict.Chain chain,
        Verdict.Strength strength,
        List<Finding> findings,
        @Nullable X509Certificate anchor) {
    public ChainAssessment {
        findings = List.copyOf(findings);
    }
}
