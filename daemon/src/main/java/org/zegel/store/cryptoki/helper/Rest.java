package org.zegel.store.cryptoki.helper;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.zegel.store.cryptoki.ModuleFailure;

/** After a helper that did not start, the module is left alone for a while: each time for longer, up to a limit. */
final class Rest {
    private final Duration first;
    private final Duration longest;
    private Duration length = Duration.ZERO;
    private long since;
    private @Nullable ModuleFailure reason;

    Rest(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /** @throws ModuleFailure the one it rests after, until it has rested */
    synchronized void check() throws ModuleFailure {
        ModuleFailure last = reason;
        if (last != null && System.nanoTime() - since < length.toNanos()) {
            throw new ModuleFailure(last.kind(), last.value(), String.valueOf(last.getMessage()));
        }
    }

    /** Begins to rest. @return the same failure */
    synchronized ModuleFailure after(ModuleFailure failure) {
        Duration twice = length.multipliedBy(2);
        length = length.isZero() ? first : twice.compareTo(longest) > 0 ? longest : twice;
        since = System.nanoTime();
        reason = failure;
        return failure;
    }

    synchronized void forget() {
        length = Duration.ZERO;
        reason = null;
    }
}
