package org.zegel.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a line of {@value #OPERATION} says: the oldest lines, up to {@code last}, were taken out of the log.
 *
 * @param hash of the last line taken out, which the first that stayed follows
 * @param archive name of the file beside the database that has them; null when they were dropped
 */
record Rotation(
        long first, long last, String hash, @Nullable String archive) {
    static final String OPERATION = "audit.rotate";

    private static final Pattern DETAIL = Pattern.compile("lines (\\d{1,18}) to (\\d{1,18}), (?:dropped|kept in (.+))");

    /** The line; it has the hash where others have the digest of what was signed. */
    AuditEvent event() {
        String where = archive == null ? "dropped" : "kept in " + archive;
        return new AuditEvent(
                AuditEvent.ZEGEL,
                null,
                OPERATION,
                null,
                null,
                "SHA-256",
                hash,
                AuditEvent.DONE,
                "lines " + first + " to " + last + ", " + where,
                null);
    }

    /** What the entry says of a rotation; empty when it is about something else. */
    static Optional<Rotation> of(AuditEntry entry) {
        AuditEvent event = entry.event();
        String detail = event.detail();
        String hash = event.digest();
        if (!event.operation().equals(OPERATION) || detail == null || hash == null) {
            return Optional.empty();
        }
        Matcher said = DETAIL.matcher(detail);
        return said.matches()
                ? Optional.of(
                        new Rotation(Long.parseLong(said.group(1)), Long.parseLong(said.group(2)), hash, said.group(3)))
                : Optional.empty();
    }
}
