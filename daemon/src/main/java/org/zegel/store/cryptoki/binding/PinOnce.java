package org.zegel.store.cryptoki.binding;

import org.jspecify.annotations.Nullable;

/** A PIN for one use of a key, and whether the token has had it: then the use is not repeated. */
final class PinOnce {
    private final byte @Nullable [] pin;
    private boolean given;

    PinOnce(byte @Nullable [] pin) {
        this.pin = pin;
    }

    /** Null: the person types it at the reader, which is a use as well. */
    byte @Nullable [] give() {
        given = true;
        return pin;
    }

    boolean given() {
        return given;
    }
}
