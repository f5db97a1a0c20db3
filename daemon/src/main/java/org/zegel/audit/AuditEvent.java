package org.zegel.audit;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Client;
import org.zegel.model.DisplayText;

/**
 * What happened, before it has a place in the log. Never any content; the subject is kept only by a log that was made
 * to.
 *
 * @param client public id of the pairing, {@code local} for the command line in its own process, or {@link #ZEGEL}
 * @param clientName what the client called itself then; null in entries of old
 * @param operation the protocol's method, such as {@code message.sign}, or one of Zegel's own, such as
 *     {@code policy.change}
 * @param identity id of the key used; null when there was none
 * @param certificate SHA-256 of the certificate that it is about, in hexadecimal
 * @param digestAlgorithm such as {@code SHA-256}
 * @param digest of what was signed, or of the encrypted key that was decrypted, in hexadecimal
 * @param outcome {@code done}, the kind of the failure, or {@value #UNKNOWN}
 * @param detail a few words of Zegel's own, such as the scopes granted
 * @param subject of the message, where the person wants it kept
 */
public record AuditEvent(
        String client,
        @Nullable String clientName,
        String operation,
        @Nullable String identity,
        @Nullable String certificate,
        @Nullable String digestAlgorithm,
        @Nullable String digest,
        String outcome,
        @Nullable String detail,
        @Nullable String subject) {
    /** The outcome of what went well. */
    public static final String DONE = "done";

    /** The outcome of what was begun by a process that ended before it could say how it ended. */
    public static final String UNKNOWN = "unknown";

    /** The client of what nobody asked for, such as a new policy. */
    public static final String ZEGEL = "zegel";

    /** Longest detail and subject, in characters. */
    public static final int MAX_TEXT = 256;

    /** Something that client did, or wanted; done unless {@link #withOutcome} says otherwise. */
    public static AuditEvent of(Client client, String operation) {
        return of(client.id(), client.name(), operation);
    }

    /** The same for who has no pairing, or not yet. */
    public static AuditEvent of(String client, @Nullable String clientName, String operation) {
        return new AuditEvent(client, shown(clientName), operation, null, null, null, null, DONE, null, null);
    }

    public AuditEvent withKey(String usedIdentity, String itsCertificate) {
        return new AuditEvent(
                client,
                clientName,
                operation,
                usedIdentity,
                itsCertificate,
                digestAlgorithm,
                digest,
                outcome,
                detail,
                subject);
    }

    public AuditEvent withCertificate(@Nullable String sha256) {
        return new AuditEvent(
                client, clientName, operation, identity, sha256, digestAlgorithm, digest, outcome, detail, subject);
    }

    public AuditEvent withDigest(String algorithm, byte[] value) {
        String hex = HexFormat.of().formatHex(value);
        return new AuditEvent(
                client, clientName, operation, identity, certificate, algorithm, hex, outcome, detail, subject);
    }

    public AuditEvent withOutcome(String ended) {
        return new AuditEvent(
                client, clientName, operation, identity, certificate, digestAlgorithm, digest, ended, detail, subject);
    }

    /** The words are made harmless to show, and cut to {@value #MAX_TEXT} characters. */
    public AuditEvent withDetail(@Nullable String words) {
        return new AuditEvent(
                client,
                clientName,
                operation,
                identity,
                certificate,
                digestAlgorithm,
                digest,
                outcome,
                shown(words),
                subject);
    }

    /** The same of the message's subject. */
    public AuditEvent withSubject(@Nullable String words) {
        return new AuditEvent(
                client,
                clientName,
                operation,
                identity,
                certificate,
                digestAlgorithm,
                digest,
                outcome,
                detail,
                shown(words));
    }

    private static @Nullable String shown(@Nullable String words) {
        return words == null ? null : DisplayText.of(words, MAX_TEXT);
    }
}
