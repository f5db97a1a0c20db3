package org.zegel.operation;

import java.util.Locale;
import org.zegel.model.Failure;

/** How something ended, as the audit log has it. */
final class Outcomes {
    private Outcomes() {}

    /** The failure's kind, such as {@code consent-denied}. */
    static String of(Failure failure) {
        return failure.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
