package org.zegel.consent;

import java.util.Set;
import org.zegel.model.Scope;

/**
 * What the person said.
 *
 * @param scopes for a pairing: the scopes approved, a subset of those asked
 */
public record Answer(Decision decision, Set<Scope> scopes) {
    /** What there is to say. */
    public enum Decision {
        /** Yes, this once. */
        ONCE,
        /** Yes, until the session's time is over. */
        FOR_A_WHILE,
        /** Yes, and do not ask again for this client, this key and this use; to signing and decrypting messages alone. */
        ALWAYS,
        DENY,
        /** No, and do not ask again. */
        DENY_FOREVER
    }

    public static Answer of(Decision decision) {
        return new Answer(decision, Set.of());
    }
}
