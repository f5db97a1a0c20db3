package org.zegel.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers to {@link SessionRequest}. */
public sealed interface SessionResult extends Result {
    /**
     * A stranger is told the name and the protocol's version alone. Names of limits are those of docs/PROTOCOL.md; values
     * are bytes or counts.
     */
    record Hello(
            String name,
            int protocol,
            @Nullable String version,
            boolean paired,
            @Nullable String proof,
            @Nullable Map<String, Long> limits)
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

    /**
     * {@code identities} null: all. {@code always}: keys and uses that are not asked about. {@code approved}: let in by
     * the organisation's policy. {@code lastUsed}: the day, at midnight UTC. {@code expiresAt} null: only for want of use.
     * {@code ended}: its time is over.
     */
    record ClientInfo(
            String client,
            String name,
            @Nullable String origin,
            String door,
            List<String> scopes,
            Instant pairedAt,
            @Nullable String program,
            boolean approved,
            @Nullable List<String> identities,
            String ask,
            List<AlwaysUse> always,
            @Nullable Instant lastUsed,
            @Nullable Instant expiresAt,
            boolean ended)
            implements SessionResult {}

    /** {@code use}: {@code sign} or {@code decrypt}. */
    record AlwaysUse(String identity, String use) {}

    /** How many there were. */
    record Forgotten(int callers) implements SessionResult {}

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

    /** {@code absent}: lines taken out that are kept nowhere. {@code newest} and {@code hash}: of the last line that is in its place; 0 and zeros where there is none. */
    record AuditCheck(
            boolean whole,
            long entries,
            long absent,
            @Nullable Long firstBroken,
            long newest,
            String hash) implements SessionResult {}

    record Status(
            String version,
            Instant startedAt,
            int clients,
            int contents,
            @Nullable Integer httpPort) implements SessionResult {}
}
