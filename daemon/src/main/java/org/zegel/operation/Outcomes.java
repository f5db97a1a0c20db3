package org.zegel.operation;

import org.zegel.model.Failure;
import org.zegel.model.KebabCase;

/** How something ended, as the audit log has it. */
final class Outcomes {
    private Outcomes() {}

    /** The failure's kind, such as {@code consent-denied}. */
    static String of(Failure failure) {
        return KebabCase.of(failure.kind());
    }
}
