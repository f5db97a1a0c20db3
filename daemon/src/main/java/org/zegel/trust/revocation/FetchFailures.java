package org.zegel.trust.revocation;

import java.util.Optional;
import org.zegel.model.Finding;
import org.zegel.trust.network.FetchFailure;

/** How a failure to fetch is told. */
final class FetchFailures {
    private FetchFailures() {}

    /** Empty for off-line: nobody asked. */
    static Optional<Finding> finding(FetchFailure why) {
        return switch (why) {
            case OFFLINE -> Optional.empty();
            case NOT_HTTP, ADDRESS_REFUSED -> Optional.of(Finding.REVOCATION_SOURCE_REFUSED);
            case UNREACHABLE -> Optional.of(Finding.REVOCATION_UNREACHABLE);
            case TIME_OUT -> Optional.of(Finding.REVOCATION_TIME_OUT);
            case TOO_LARGE -> Optional.of(Finding.REVOCATION_TOO_LARGE);
            case BUDGET_SPENT -> Optional.of(Finding.REVOCATION_BUDGET_SPENT);
        };
    }
}
