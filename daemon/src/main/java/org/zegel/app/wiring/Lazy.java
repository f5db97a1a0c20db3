package org.zegel.app.wiring;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;

/** Something made when it is first needed, once; a failed try is tried again next time. Safe for several threads. */
final class Lazy<T> {
    private final Maker<T> maker;
    private volatile @Nullable T made;

    Lazy(Maker<T> maker) {
        this.maker = maker;
    }

    /** Makes the thing. */
    @FunctionalInterface
    interface Maker<T> {
        T make() throws Failure;
    }

    T get() throws Failure {
        T now = made;
        return now == null ? makeOnce() : now;
    }

    /** Does something with it if it was ever made. */
    void ifMade(Consumer<T> action) {
        T now = made;
        if (now != null) {
            action.accept(now);
        }
    }

    private synchronized T makeOnce() throws Failure {
        T now = made;
        if (now == null) {
            now = maker.make();
            made = now;
        }
        return now;
    }
}
