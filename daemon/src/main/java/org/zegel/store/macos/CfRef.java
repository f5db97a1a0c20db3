package org.zegel.store.macos;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** An object of CoreFoundation that is ours (the rule of Create and Copy): released once, when closed. */
final class CfRef implements AutoCloseable {
    private final CoreFoundation foundation;
    private @Nullable Pointer object;

    CfRef(CoreFoundation foundation, Pointer object) {
        this.foundation = foundation;
        this.object = object;
    }

    /** Lent for as long as this is open. */
    Pointer get() {
        Pointer lent = object;
        if (lent == null) {
            throw new IllegalStateException("already released");
        }
        return lent;
    }

    @Override
    public void close() {
        Pointer last = object;
        object = null;
        if (last != null) {
            foundation.CFRelease(last);
        }
    }
}
