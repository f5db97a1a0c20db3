package org.zegel.trust;

import java.util.List;
import org.zegel.model.Finding;
import org.zegel.model.Verdict;

/** What was found out about a certificate's chain: the answer for clients, the strength of its algorithms, and codes. */
public record ChainAssessment(Verdict.Chain chain, Verdict.Strength strength, List<Finding> findings) {
    public ChainAssessment {
        findings = List.copyOf(findings);
    }
}
