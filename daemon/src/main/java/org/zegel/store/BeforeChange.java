package org.zegel.store;

import java.util.List;
import org.zegel.model.Failure;
import org.zegel.model.Identity;

/**
 * Told of a change of a store that was asked for and allowed, before the first byte of it is on the disk. Throws to have
 * nothing changed; is quick.
 */
@FunctionalInterface
public interface BeforeChange {
    /** For who writes nothing down. */
    BeforeChange NOTHING = added -> {};

    /** @param added identities that the store will have and has not yet */
    void of(List<Identity> added) throws Failure;
}
