package org.zegel.operation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.zegel.audit.AuditLog;
import org.zegel.consent.Question;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.model.Identity;

/** Writes the audit lines of one identity's use in one call. */
final class KeyUseLog {
    private static final String DONE = "done";

    private final AuditLog audit;
    private final Client client;
    private final Question.Purpose purpose;
    private final Identity identity;

    KeyUseLog(AuditLog audit, Client client, Question.Purpose purpose, Identity identity) {
        this.audit = audit;
        this.client = client;
        this.purpose = purpose;
        this.identity = identity;
    }

    /** A private-key operation. */
    @FunctionalInterface
    interface Use {
        byte[] run() throws Failure;
    }

    /** Runs the operation and writes its line, whatever the outcome; no digest where there is no input. */
    byte[] used(byte @Nullable [] input, Use use) throws Failure {
        String digest = input == null ? null : sha256(input);
        try {
            byte[] output = use.run();
            write(digest, DONE);
            return output;
        } catch (Failure failed) {
            write(digest, outcome(failed.kind()));
            throw failed;
        }
    }

    /**
     * The same for decryption. That the padding was wrong is not written: who may read the log would learn from it what
     * nobody may learn about an encrypted key (RFC 3218).
     */
    byte[] decrypted(byte[] input, Use use) throws Failure {
        try {
            byte[] output = use.run();
            write(sha256(input), DONE);
            return output;
        } catch (Failure failed) {
            write(sha256(input), failed.kind() == Failure.Kind.CANNOT_DECRYPT ? DONE : outcome(failed.kind()));
            throw failed;
        }
    }

    void refused(Failure why) throws Failure {
        write(null, outcome(why.kind()));
    }

    private void write(@Nullable String digest, String outcome) throws Failure {
        audit.append(
                new AuditLog.Use(client.id(), method(purpose), identity.id().value(), digest, outcome));
    }

    /** Signing is written as such, also when it is the first half of encrypting. */
    private static String method(Question.Purpose purpose) {
        return switch (purpose) {
            case SIGN -> "message.sign";
            case DECRYPT -> "message.open";
            case SIGN_RAW -> "cms.sign";
            case DECRYPT_RAW -> "cms.decrypt";
            case EXPORT -> "identity.export";
            case CHANGE -> throw new IllegalArgumentException("a change uses no key");
        };
    }

    private static String outcome(Failure.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
