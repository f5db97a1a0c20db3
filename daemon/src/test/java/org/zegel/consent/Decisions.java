package org.zegel.consent;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;

/** Remembers what is written down; what could not be made to hold is not. */
final class Decisions implements DecisionLog {
    final List<Decision> all = new CopyOnWriteArrayList<>();

    @Override
    public <T extends @Nullable Object> T recorded(Decision decision, Step<T> step) throws Failure {
        T result = step.run();
        all.add(decision);
        return result;
    }
}
