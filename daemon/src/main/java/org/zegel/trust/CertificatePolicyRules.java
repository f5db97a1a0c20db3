package org.zegel.trust;

import java.util.Set;

/**
 * Certificate policies that a path must be valid for (user-initial-policy-set of RFC 5280 section 6.1.1).
 *
 * @param required OIDs of which one suffices; empty asks for none
 */
public record CertificatePolicyRules(Set<String> required) {
    public static final CertificatePolicyRules ANY = new CertificatePolicyRules(Set.of());

    public CertificatePolicyRules {
        required = Set.copyOf(required);
    }
}
