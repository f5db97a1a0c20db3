package org.zegel.store;

import org.jspecify.annotations.Nullable;

/**
 * What is shown of a token, or of a card that is no usable one.
 *
 * @param store what is shown of it as a store
 * @param module the name of the module that reaches it; no path
 * @param reader where it is; null while it is away
 * @param pin null where nothing is known of it, and where the token wants none
 * @param pinAtReader the PIN is typed at the reader, not here
 */
public record TokenInfo(
        StoreInfo store,
        String module,
        @Nullable String reader,
        State state,
        @Nullable Pin pin,
        boolean pinAtReader) {
    /** Whether it is there, and its keys can be used at once. */
    public enum State {
        ABSENT,
        LOCKED,
        UNLOCKED,
        FAILED
    }

    /** What the token says of its PIN; one that does not count tries says {@link #OK}. */
    public enum Pin {
        OK,
        /** A wrong one was given since the last right one. */
        WRONG_GIVEN,
        /** One more wrong one locks it. */
        LAST_TRY,
        LOCKED,
        NOT_SET
    }
}
