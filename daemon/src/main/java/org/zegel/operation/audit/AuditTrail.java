package org.zegel.operation.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.audit.AuditArchive;
import org.zegel.audit.AuditEntry;
import org.zegel.audit.AuditEvent;
import org.zegel.audit.AuditLog;
import org.zegel.audit.AuditQuery;
import org.zegel.model.Failure;

/** Reads and checks the audit log. */
public final class AuditTrail {
    private static final int DEFAULT_LIMIT = 100;

    private final AuditLog log;
    private final AuditArchive archive;

    /** {@code archive}: of the lines that were taken out of the log. */
    public AuditTrail(AuditLog log, AuditArchive archive) {
        this.log = log;
        this.archive = archive;
    }

    /**
     * Which entries are wanted; null leaves a bound open.
     *
     * @param before those with a lower number
     * @param limit 1 to {@value AuditLog#MAX_LISTED}; null is {@value #DEFAULT_LIMIT}
     */
    public record Wanted(
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable String client,
            @Nullable Long before,
            @Nullable Integer limit) {}

    /** One line; {@code outcome} is {@code done} or a failure's code. The fields are those of {@link AuditEvent}. */
    public record Entry(
            long number,
            Instant at,
            String client,
            @Nullable String clientName,
            String operation,
            @Nullable String identity,
            @Nullable String certificate,
            @Nullable String digestAlgorithm,
            @Nullable String digest,
            String outcome,
            @Nullable String detail,
            @Nullable String subject,
            String hash) {}

    /** {@code absent}: lines taken out that are in no archive. {@code newest} and {@code hash}: of the last entry that is in its place. */
    public record Check(
            boolean whole,
            long entries,
            long absent,
            @Nullable Long firstBroken,
            long newest,
            String hash) {}

    /** The newest of the entries wanted, newest first. */
    public List<Entry> list(Wanted wanted) throws Failure {
        Integer limit = wanted.limit();
        if (limit != null && (limit < 1 || limit > AuditLog.MAX_LISTED)) {
            throw new Failure(Failure.Kind.INVALID_PARAMETERS, "limit must be from 1 to " + AuditLog.MAX_LISTED + ".");
        }
        AuditQuery query = new AuditQuery(
                wanted.since(),
                wanted.until(),
                wanted.client(),
                wanted.before(),
                limit == null ? DEFAULT_LIMIT : limit);
        return log.list(query).stream().map(AuditTrail::entry).toList();
    }

    /** Whether the hash chain is whole. */
    public Check verify() throws Failure {
        AuditLog.Check check = log.verify(archive);
        return new Check(
                check.whole(), check.entries(), check.absent(), check.firstBroken(), check.newest(), check.hash());
    }

    private static Entry entry(AuditEntry entry) {
        AuditEvent event = entry.event();
        return new Entry(
                entry.number(),
                entry.at(),
                event.client(),
                event.clientName(),
                event.operation(),
                event.identity(),
                event.certificate(),
                event.digestAlgorithm(),
                event.digest(),
                event.outcome(),
                event.detail(),
                event.subject(),
                entry.hash());
    }
}
