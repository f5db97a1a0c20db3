package org.zegel.store;

/** Capability of a store that keeps keys usable for a while after PIN or passphrase was given. */
public interface Locking {
    /**
     * Wipes what is unlocked, at the latest when the use that is going on has ended; the next use asks again. Never fails,
     * and does nothing where all is locked.
     */
    void lock();
}
