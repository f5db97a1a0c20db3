package org.zegel.door.http;

import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.RequestError;

/** A request that is answered with a status and an error, and goes no further. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient RequestError error;

    Refusal(int status, RequestError error) {
        super(error.getMessage());
        this.status = status;
        this.error = error;
    }

    Refusal(int status, ErrorCode code, String message) {
        this(status, new RequestError(code, message));
    }

    /** An error of a request that is no JSON-RPC call. */
    static Refusal of(RequestError error) {
        return new Refusal(statusOf(error.code()), error);
    }

    int status() {
        return status;
    }

    RequestError error() {
        return error;
    }

    private static int statusOf(ErrorCode code) {
        return switch (code) {
            case PARSE_ERROR, INVALID_REQUEST, INVALID_PARAMETERS, MESSAGE_MALFORMED, UNSUPPORTED -> 400;
            case METHOD_NOT_FOUND, CONTENT_NOT_FOUND, STORE_NOT_FOUND, IDENTITY_NOT_FOUND, CERTIFICATE_NOT_FOUND -> 404;
            case NOT_PAIRED -> 401;
            case SCOPE_MISSING, CONSENT_DENIED, CONSENT_TIMEOUT, NO_PROMPT, POLICY_FORBIDS, IDENTITY_NOT_ALLOWED -> 403;
            case CONTENT_TOO_LARGE, QUOTA_EXCEEDED -> 413;
            case BUSY -> 429;
            case INTERNAL_ERROR -> 500;
            case PIN_CANCELLED,
                    PIN_INCORRECT,
                    PIN_LOCKED,
                    TOKEN_REMOVED,
                    STORE_UNAVAILABLE,
                    IDENTITY_AMBIGUOUS,
                    IDENTITY_UNSUITABLE,
                    CERTIFICATE_EXPIRED,
                    NO_RECIPIENT_CERTIFICATE,
                    CANNOT_DECRYPT,
                    IMPORT_FAILED,
                    ALREADY_EXISTS,
                    CANCELLED -> 409;
        };
    }
}
