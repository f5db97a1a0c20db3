package org.zegel.store.windows;

import java.util.function.LongConsumer;

/** A handle that is ours: freed once, when closed. */
final class Handle implements AutoCloseable {
    private final long value;
    private final LongConsumer free;
    private boolean closed;

    Handle(long value, LongConsumer free) {
        this.value = value;
        this.free = free;
    }

    /** Lent for as long as this is open. */
    long get() {
        if (closed) {
            throw new IllegalStateException("already freed");
        }
        return value;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            free.accept(value);
        }
    }
}
