package org.zegel.operation.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.audit.AuditEntry;
import org.zegel.audit.AuditLog;
import org.zegel.model.Failure;

/** Reads and checks the log of key uses. */
public final class AuditTrail {
    private static final int DEFAULT_LIMIT = 100;

    private final AuditLog log;

    public AuditTrail(AuditLog log) {
        this.log = log;
    }

    /** One key use; {@code outcome} is {@code done} or a failure's code. */
    public record Entry(
            long number,
            Instant at,
            String client,
            String operation,
            @Nullable String identity,
            String outcome) {}

    public record Check(
            boolean whole, long entries, @Nullable Long firstBroken) {}

    /** The newest entries, newest first; at most {@value AuditLog#MAX_LISTED}. */
    public List<Entry> list(@Nullable Integer limit) throws Failure {
        if (limit != null && (limit < 1 || limit > AuditLog.MAX_LISTED)) {
            throw new Failure(Failure.Kind.INVALID_PARAMETERS, "limit must be from 1 to " + AuditLog.MAX_LISTED + ".");
        }
        return log.list(limit == null ? DEFAULT_LIMIT : limit).stream()
                .map(AuditTrail::entry)
                .toList();
    }

    /** Whether the hash chain is whole. */
    public Check verify() throws Failure {
        AuditLog.Check check = log.verify();
        return new Check(check.whole(), check.entries(), check.firstBroken());
    }

    private static Entry entry(AuditEntry entry) {
        return new Entry(
                entry.number(), entry.at(), entry.client(), entry.operation(), entry.identity(), entry.outcome());
    }
}
