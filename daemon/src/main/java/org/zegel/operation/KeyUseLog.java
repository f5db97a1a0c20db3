package org.zegel.operation;

import org.jspecify.annotations.Nullable;
import org.zegel.audit.AuditEvent;
import org.zegel.audit.AuditLog;
import org.zegel.consent.Question;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.model.Fingerprint;
import org.zegel.model.Identity;
import org.zegel.model.Sha256;
import org.zegel.smime.SignedDigest;

/** Writes the audit lines of one identity's use in one call. */
final class KeyUseLog {
    private static final String SHA256 = "SHA-256";

    private final AuditLog audit;
    private final AuditEvent line;

    /** {@code subject}: of the message, kept only where the person wants it. */
    KeyUseLog(AuditLog audit, Client client, Question.Purpose purpose, Identity identity, @Nullable String subject) {
        this.audit = audit;
        this.line = AuditEvent.of(client, method(purpose))
                .withKey(identity.id().value(), Fingerprint.sha256(identity.certificate()))
                .withSubject(subject);
    }

    /** A private-key operation. */
    @FunctionalInterface
    interface Use {
        byte[] run() throws Failure;
    }

    /** Signs these signed attributes, or bytes, and writes the line with the digest of the content. */
    byte[] signed(byte[] message, Use use) throws Failure {
        byte[] content = SignedDigest.of(message).orElse(null);
        return run(content == null ? digested(message) : line.withDigest(algorithm(content.length), content), use);
    }

    /** Hands the key out, and writes the line. */
    byte[] exported(Use use) throws Failure {
        return run(line, use);
    }

    /**
     * Decrypts, and writes the line with the digest of the encrypted key. That the padding was wrong is not written:
     * who may read the log would learn from it what nobody may learn about an encrypted key (RFC 3218).
     */
    byte[] decrypted(byte[] input, Use use) throws Failure {
        AuditEvent about = digested(input);
        byte[] output;
        try {
            output = use.run();
        } catch (Failure failed) {
            boolean says = failed.kind() != Failure.Kind.CANNOT_DECRYPT;
            audit.append(says ? about.withOutcome(Outcomes.of(failed)) : about);
            throw failed;
        }
        audit.append(about);
        return output;
    }

    void refused(Failure why) throws Failure {
        audit.append(line.withOutcome(Outcomes.of(why)));
    }

    private byte[] run(AuditEvent about, Use use) throws Failure {
        byte[] output;
        try {
            output = use.run();
        } catch (Failure failed) {
            audit.append(about.withOutcome(Outcomes.of(failed)));
            throw failed;
        }
        audit.append(about);
        return output;
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

    private AuditEvent digested(byte[] bytes) {
        return line.withDigest(SHA256, Sha256.of(bytes));
    }

    /** Of the digests that Zegel signs with, which one is so long. */
    private static String algorithm(int length) {
        return switch (length) {
            case 48 -> "SHA-384";
            case 64 -> "SHA-512";
            default -> SHA256;
        };
    }
}
