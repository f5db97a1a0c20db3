package org.zegel.trust;

import java.util.Set;
import org.zegel.trust.path.PolicyInputs;

/**
 * Certificate policies that a path must be valid for (user-initial-policy-set of RFC 5280 section 6.1.1).
 *
 * @param required OIDs of which one suffices; empty asks for none
 * @param inhibitMapping a CA's word that its policies equal others is not taken
 * @param inhibitAny a CA's anyPolicy stands for none
 */
public record CertificatePolicyRules(Set<String> required, boolean inhibitMapping, boolean inhibitAny) {
    public static final CertificatePolicyRules ANY = new CertificatePolicyRules(Set.of());

    public CertificatePolicyRules {
        required = Set.copyOf(required);
    }

    public CertificatePolicyRules(Set<String> required) {
        this(required, false, false);
    }

    /** What path validation takes: whoever requires policies requires that there is one. */
    PolicyInputs inputs() {
        return new PolicyInputs(required, !required.isEmpty(), inhibitMapping, inhibitAny);
    }
}
