package org.zegel.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Greeting, pairing, clients, daemon, events, audit. */
public sealed interface SessionRequest extends Request {
    /**
     * First call on a connection. With {@code token} the connection speaks as that client from now on. With
     * {@code client} and {@code challenge} (base64url, 16 to 64 bytes) the daemon proves that it holds the pairing key.
     */
    @Method(
            value = "hello",
            open = true,
            result = SessionResult.Hello.class,
            summary = "Versions and limits; authenticates a connection")
    record Hello(
            @Nullable String client,
            @Nullable String token,
            @Nullable String challenge,
            @Nullable String terminal) implements SessionRequest {
        @Override
        public String toString() {
            return "Hello[redacted]";
        }
    }

    /** First step: name, scopes and the SHA-256 of a nonce. Second step: pairing and that nonce; waits for the person. */
    @Method(
            value = "client.pair",
            open = true,
            result = SessionResult.Pairing.class,
            summary = "Asks the person to let this client in, in two steps")
    record Pair(
            @Nullable String name,
            @Nullable List<String> scopes,
            @Nullable String commitment,
            @Nullable String pairing,
            @Nullable String nonce)
            implements SessionRequest {
        @Override
        public String toString() {
            return "Pair[redacted]";
        }
    }

    @Method(value = "client.self", result = SessionResult.ClientInfo.class, summary = "The calling client's grant")
    record Self() implements SessionRequest {}

    @Method(value = "client.unpair", result = SessionResult.Done.class, summary = "Forgets the calling client")
    record Unpair() implements SessionRequest {}

    @Method(
            value = "client.list",
            scopes = org.zegel.model.Scope.MANAGE,
            result = SessionResult.Clients.class,
            summary = "All paired clients")
    record ListClients() implements SessionRequest {}

    @Method(
            value = "client.revoke",
            scopes = org.zegel.model.Scope.MANAGE,
            result = SessionResult.Done.class,
            summary = "Forgets another client and cuts it off")
    record Revoke(String client) implements SessionRequest {}

    /**
     * A whole new grant. {@code identities}: the only ones; left out: all. {@code ask}: {@code each-time}, {@code usual}
     * (left out), {@code minutes=N} or {@code never}. {@code expiresAt} left out: no end. The person is asked where it is
     * more than before.
     */
    @Method(
            value = "client.change",
            scopes = org.zegel.model.Scope.MANAGE,
            result = SessionResult.ClientInfo.class,
            summary = "Gives a client another grant; asks the person where that is more than before")
    record ChangeClient(
            String client,
            List<String> scopes,
            @Nullable List<String> identities,
            @Nullable String ask,
            @Nullable Instant expiresAt)
            implements SessionRequest {}

    @Method(
            value = "client.forgetDenied",
            scopes = org.zegel.model.Scope.MANAGE,
            result = SessionResult.Forgotten.class,
            summary = "Lets callers that were refused for good ask again; asks the person")
    record ForgetDenied() implements SessionRequest {}

    @Method(
            value = "events.subscribe",
            result = SessionResult.Done.class,
            summary = "Sends events to this connection from now on")
    record Subscribe() implements SessionRequest {}

    /** {@code before}: entries with a lower number, to go on from the page before. */
    @Method(
            value = "audit.list",
            scopes = org.zegel.model.Scope.MANAGE,
            result = SessionResult.Audit.class,
            summary = "The newest lines of the audit log, of those asked for")
    record ListAudit(
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable String client,
            @Nullable Long before,
            @Nullable Integer limit)
            implements SessionRequest {
        /** The newest, whatever they are. */
        public ListAudit(@Nullable Integer limit) {
            this(null, null, null, null, limit);
        }
    }

    @Method(
            value = "audit.verify",
            scopes = org.zegel.model.Scope.MANAGE,
            result = SessionResult.AuditCheck.class,
            summary = "Whether the log's hash chain is whole")
    record VerifyAudit() implements SessionRequest {}

    @Method(value = "daemon.status", result = SessionResult.Status.class, summary = "How the daemon is doing")
    record Status() implements SessionRequest {}

    @Method(
            value = "daemon.stop",
            scopes = org.zegel.model.Scope.MANAGE,
            result = SessionResult.Done.class,
            summary = "Ends the daemon when running calls are done")
    record Stop() implements SessionRequest {}
}
