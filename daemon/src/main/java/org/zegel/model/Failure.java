package org.zegel.model;

import java.util.Map;

/**
 * An operation could not be carried out. The message is for people: it says what is wrong and what to do, and never
 * holds a secret, a path or the reason why a cipher failed. The data is for programs.
 */
public final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong; the dispatcher alone turns a kind into the protocol's error code. */
    public enum Kind {
        INVALID_PARAMETERS,
        NOT_PAIRED,
        SCOPE_MISSING,
        IDENTITY_NOT_ALLOWED,
        CONSENT_DENIED,
        CONSENT_TIMEOUT,
        NO_PROMPT,
        PIN_CANCELLED,
        PIN_INCORRECT,
        PIN_LOCKED,
        TOKEN_REMOVED,
        STORE_UNAVAILABLE,
        STORE_NOT_FOUND,
        IDENTITY_NOT_FOUND,
        IDENTITY_AMBIGUOUS,
        IDENTITY_UNSUITABLE,
        CERTIFICATE_NOT_FOUND,
        CERTIFICATE_EXPIRED,
        NO_RECIPIENT_CERTIFICATE,
        MESSAGE_MALFORMED,
        CONTENT_NOT_FOUND,
        CONTENT_TOO_LARGE,
        QUOTA_EXCEEDED,
        CANNOT_DECRYPT,
        IMPORT_FAILED,
        ALREADY_EXISTS,
        UNSUPPORTED,
        POLICY_FORBIDS,
        BUSY,
        CANCELLED,
        INTERNAL
    }

    private final Kind kind;
    private final transient Map<String, Object> data;

    public Failure(Kind kind, String message) {
        this(kind, message, Map.of());
    }

    /** Data values are strings, numbers, booleans, or lists and maps of them. */
    public Failure(Kind kind, String message, Map<String, ?> data) {
        super(message);
        this.kind = kind;
        this.data = Map.copyOf(data);
    }

    /** Keeps the cause for the log; it never crosses a door. */
    public Failure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.data = Map.of();
    }

    public Kind kind() {
        return kind;
    }

    public Map<String, Object> data() {
        return data;
    }
}
