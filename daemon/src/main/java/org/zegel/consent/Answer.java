package org.zegel.consent;

import java.util.Set;
import org.zegel.model.Scope;

/**
 * What the person said.
 *
 * @param scopes for a pairing: the scopes approved, a subset of those asked
 */
public record Answer(Decision decision, Set<Scope> scopes) {
    /** Yes once, yes until the session's time is over, no, or never again. */
    public enum Decision {
        ONCE,
        FOR_A_WHILE,
        DENY,
        DENY_FOREVER
    }

    public static Answer of(Decision decision) {
        return new Answer(decision, Set.of());
    }
}
