package org.zegel.trust.path;

import java.util.Set;

/**
 * What the person asking wants of certificate policies (RFC 5280 section 6.1.1, c and e to g).
 *
 * @param initial OIDs of the policies wanted, of which one suffices; empty is any-policy
 * @param explicit the path must be valid for one of them, also when no CA asks for that
 */
public record PolicyInputs(Set<String> initial, boolean explicit, boolean inhibitMapping, boolean inhibitAny) {
    /** Whatever the CAs of the path decide. */
    public static final PolicyInputs ANY = new PolicyInputs(Set.of(), false, false, false);

    public PolicyInputs {
        initial = Set.copyOf(initial);
    }
}
