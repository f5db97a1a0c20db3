package org.zegel.trust.revocation;

import java.util.List;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Revocation;

/**
 * What is known of a whole path: the worst of its certificates.
 *
 * @param leafRevoked the leaf itself is revoked, not only a CA above it
 * @param findings why it could not be settled, or what is worth knowing of the answer
 */
public record RevocationOutcome(Revocation revocation, boolean leafRevoked, List<Finding> findings) {
    public RevocationOutcome {
        findings = List.copyOf(findings);
    }
}
