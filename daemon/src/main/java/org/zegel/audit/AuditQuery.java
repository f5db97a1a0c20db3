package org.zegel.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted; null leaves a bound open.
 *
 * @param since that moment and later
 * @param until before that moment
 * @param client its public id
 * @param before entries with a lower number: the last one of the page before
 * @param limit at most so many, {@value AuditLog#MAX_LISTED} at the most
 */
public record AuditQuery(
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String client,
        @Nullable Long before,
        int limit) {
    public AuditQuery {
        limit = Math.clamp(limit, 0, AuditLog.MAX_LISTED);
    }

    /** The newest, whatever they are. */
    public static AuditQuery newest(int limit) {
        return new AuditQuery(null, null, null, null, limit);
    }
}
