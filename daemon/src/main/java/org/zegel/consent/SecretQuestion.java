package org.zegel.consent;

import org.jspecify.annotations.Nullable;
import org.zegel.model.Caller;

/**
 * A PIN or passphrase is needed.
 *
 * @param storeName what it opens, as shown to the person; empty where it has no name
 * @param triesLeft tries left before it locks, null where the store does not say
 * @param previousWrong the last try was wrong
 */
public record SecretQuestion(
        Caller caller,
        Kind kind,
        String storeName,
        @Nullable Integer triesLeft,
        boolean previousWrong) {
    /** What is asked for. */
    public enum Kind {
        PIN,
        /** Of a key that wants it for each use, however lately it was given. */
        PIN_FOR_USE,
        PASSPHRASE,
        /** Chosen now and typed twice. */
        NEW_PASSPHRASE,
        /** Of a file that is being imported; it may have no name. */
        FILE_PASSPHRASE,
        /** Of a file that a key is handed out in; chosen now and typed twice. */
        EXPORT_PASSPHRASE
    }
}
