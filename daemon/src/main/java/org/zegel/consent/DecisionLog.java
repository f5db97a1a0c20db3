package org.zegel.consent;

import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;

/** Where it is written down what was decided about clients. */
public interface DecisionLog {
    /** For tests of what is decided alone: writes nothing. */
    DecisionLog NONE = new DecisionLog() {
        @Override
        public <T extends @Nullable Object> T recorded(Decision decision, Step<T> step) throws Failure {
            return step.run();
        }
    };

    /** Makes the decision hold. */
    @FunctionalInterface
    interface Step<T extends @Nullable Object> {
        T run() throws Failure;
    }

    /** Makes the decision hold and writes it down, in one transaction: both or neither. The step asks nobody. */
    <T extends @Nullable Object> T recorded(Decision decision, Step<T> step) throws Failure;

    /** Writes down what needs no step. */
    default void record(Decision decision) throws Failure {
        this.<@Nullable Object>recorded(decision, () -> null);
    }
}
