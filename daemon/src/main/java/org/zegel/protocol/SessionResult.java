package org.zegel.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers to {@link SessionRequest}. */
public sealed interface SessionResult extends Result {
    /** Names of limits are those of docs/PROTOCOL.md; values are bytes or counts. */
    record Hello(
            String name,
            int protocol,
            @Nullable String version,
            boolean paired,
            @Nullable String proof,
            Map<String, Long> limits)
            implements SessionResult {}

    /** After step one: pairing and the daemon's nonce. After step two: client, token, key and the scopes granted. */
    record Pairing(
            @Nullable String pairing,
            @Nullable String nonce,
            @Nullable String client,
            @Nullable String token,
            @Nullable String key,
            @Nullable List<String> scopes)
            implements SessionResult {
        @Override
        public String toString() {
            return "Pairing[redacted]";
        }
    }

    record ClientInfo(
            String client, String name, @Nullable String origin, String door, List<String> scopes, Instant pairedAt)
            implements SessionResult {}

    record Clients(List<ClientInfo> clients) implements SessionResult {}

    record Done(boolean done) implements SessionResult {}

    record AuditEntry(
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

    record Audit(List<AuditEntry> entries) implements SessionResult {}

    /** {@code newest} and {@code hash}: of the last line that is in its place; 0 and zeros where there is none. */
    record AuditCheck(boolean whole, long entries, @Nullable Long firstBroken, long newest, String hash)
            implements SessionResult {}

    record Status(
            String version,
            Instant startedAt,
            int clients,
            int contents,
            @Nullable Integer httpPort) implements SessionResult {}
}
