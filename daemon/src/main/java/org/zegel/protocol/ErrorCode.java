package org.zegel.protocol;

import java.util.Arrays;
import java.util.Optional;
import org.zegel.model.KebabCase;

/** Stable codes of {@code data.code}; append-only, never renamed. */
public enum ErrorCode {
    PARSE_ERROR(-32700),
    INVALID_REQUEST(-32600),
    METHOD_NOT_FOUND(-32601),
    INVALID_PARAMETERS(-32602),
    INTERNAL_ERROR(-32603),
    NOT_PAIRED(-32001),
    SCOPE_MISSING(-32001),
    CONSENT_DENIED(-32001),
    CONSENT_TIMEOUT(-32001),
    NO_PROMPT(-32001),
    POLICY_FORBIDS(-32001),
    PIN_CANCELLED(-32002),
    PIN_INCORRECT(-32002),
    PIN_LOCKED(-32002),
    TOKEN_REMOVED(-32002),
    STORE_UNAVAILABLE(-32002),
    STORE_NOT_FOUND(-32002),
    IDENTITY_NOT_FOUND(-32003),
    IDENTITY_AMBIGUOUS(-32003),
    IDENTITY_UNSUITABLE(-32003),
    CERTIFICATE_NOT_FOUND(-32003),
    CERTIFICATE_EXPIRED(-32003),
    NO_RECIPIENT_CERTIFICATE(-32003),
    MESSAGE_MALFORMED(-32004),
    CONTENT_NOT_FOUND(-32004),
    CONTENT_TOO_LARGE(-32004),
    QUOTA_EXCEEDED(-32004),
    CANNOT_DECRYPT(-32005),
    IMPORT_FAILED(-32005),
    ALREADY_EXISTS(-32005),
    UNSUPPORTED(-32006),
    BUSY(-32007),
    CANCELLED(-32008),
    IDENTITY_NOT_ALLOWED(-32001);

    private final int number;

    ErrorCode(int number) {
        this.number = number;
    }

    /** The JSON-RPC error number; several codes may share one. */
    public int number() {
        return number;
    }

    /** The kebab-case code, for instance {@code not-paired}. */
    public String code() {
        return KebabCase.of(this);
    }

    /** The code with this kebab-case name. */
    public static Optional<ErrorCode> named(String code) {
        return Arrays.stream(values())
                .filter(value -> value.code().equals(code))
                .findFirst();
    }
}
