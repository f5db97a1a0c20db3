package org.zegel.app.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.zegel.audit.AuditEntry;
import org.zegel.audit.AuditEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** An entry as a line of JSON: all that its hash covers, so that it can be checked again. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ArchiveLine(
        long number,
        String at,
        int version,
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
        String previous,
        String hash) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static String write(AuditEntry entry) {
        AuditEvent event = entry.event();
        return JSON.writeValueAsString(new ArchiveLine(
                entry.number(),
                entry.at().toString(),
                entry.version(),
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
                entry.previous(),
                entry.hash()));
    }

    static AuditEntry read(String line) throws IOException {
        try {
            ArchiveLine read = JSON.readValue(line, ArchiveLine.class);
            AuditEvent event = new AuditEvent(
                    read.client,
                    read.clientName,
                    read.operation,
                    read.identity,
                    read.certificate,
                    read.digestAlgorithm,
                    read.digest,
                    read.outcome,
                    read.detail,
                    read.subject);
            return new AuditEntry(
                    read.number,
                    Instant.parse(read.at),
                    read.version,
                    event,
                    Objects.requireNonNull(read.previous),
                    Objects.requireNonNull(read.hash));
        } catch (JacksonException | DateTimeException | NullPointerException noLine) {
            throw new IOException("not a line of the audit log", noLine);
        }
    }
}
