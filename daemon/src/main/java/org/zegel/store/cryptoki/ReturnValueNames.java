package org.zegel.store.cryptoki;

import java.util.Map;
import java.util.stream.Collectors;

/** Names of PKCS#11's return values, without {@code CKR_}. */
final class ReturnValueNames {
    private static final String ALL = """
            0 OK
            1 CANCEL
            2 HOST_MEMORY
            3 SLOT_ID_INVALID
            5 GENERAL_ERROR
            6 FUNCTION_FAILED
            7 ARGUMENTS_BAD
            8 NO_EVENT
            9 NEED_TO_CREATE_THREADS
            A CANT_LOCK
            10 ATTRIBUTE_READ_ONLY
            11 ATTRIBUTE_SENSITIVE
            12 ATTRIBUTE_TYPE_INVALID
            13 ATTRIBUTE_VALUE_INVALID
            1B ACTION_PROHIBITED
            20 DATA_INVALID
            21 DATA_LEN_RANGE
            30 DEVICE_ERROR
            31 DEVICE_MEMORY
            32 DEVICE_REMOVED
            40 ENCRYPTED_DATA_INVALID
            41 ENCRYPTED_DATA_LEN_RANGE
            50 FUNCTION_CANCELED
            51 FUNCTION_NOT_PARALLEL
            54 FUNCTION_NOT_SUPPORTED
            60 KEY_HANDLE_INVALID
            62 KEY_SIZE_RANGE
            63 KEY_TYPE_INCONSISTENT
            64 KEY_NOT_NEEDED
            65 KEY_CHANGED
            66 KEY_NEEDED
            67 KEY_INDIGESTIBLE
            68 KEY_FUNCTION_NOT_PERMITTED
            69 KEY_NOT_WRAPPABLE
            6A KEY_UNEXTRACTABLE
            70 MECHANISM_INVALID
            71 MECHANISM_PARAM_INVALID
            82 OBJECT_HANDLE_INVALID
            90 OPERATION_ACTIVE
            91 OPERATION_NOT_INITIALIZED
            A0 PIN_INCORRECT
            A1 PIN_INVALID
            A2 PIN_LEN_RANGE
            A3 PIN_EXPIRED
            A4 PIN_LOCKED
            B0 SESSION_CLOSED
            B1 SESSION_COUNT
            B3 SESSION_HANDLE_INVALID
            B4 SESSION_PARALLEL_NOT_SUPPORTED
            B5 SESSION_READ_ONLY
            B6 SESSION_EXISTS
            B7 SESSION_READ_ONLY_EXISTS
            B8 SESSION_READ_WRITE_SO_EXISTS
            C0 SIGNATURE_INVALID
            C1 SIGNATURE_LEN_RANGE
            D0 TEMPLATE_INCOMPLETE
            D1 TEMPLATE_INCONSISTENT
            E0 TOKEN_NOT_PRESENT
            E1 TOKEN_NOT_RECOGNIZED
            E2 TOKEN_WRITE_PROTECTED
            F0 UNWRAPPING_KEY_HANDLE_INVALID
            F1 UNWRAPPING_KEY_SIZE_RANGE
            F2 UNWRAPPING_KEY_TYPE_INCONSISTENT
            100 USER_ALREADY_LOGGED_IN
            101 USER_NOT_LOGGED_IN
            102 USER_PIN_NOT_INITIALIZED
            103 USER_TYPE_INVALID
            104 USER_ANOTHER_ALREADY_LOGGED_IN
            105 USER_TOO_MANY_TYPES
            110 WRAPPED_KEY_INVALID
            112 WRAPPED_KEY_LEN_RANGE
            113 WRAPPING_KEY_HANDLE_INVALID
            114 WRAPPING_KEY_SIZE_RANGE
            115 WRAPPING_KEY_TYPE_INCONSISTENT
            120 RANDOM_SEED_NOT_SUPPORTED
            121 RANDOM_NO_RNG
            130 DOMAIN_PARAMS_INVALID
            140 CURVE_NOT_SUPPORTED
            150 BUFFER_TOO_SMALL
            160 SAVED_STATE_INVALID
            170 INFORMATION_SENSITIVE
            180 STATE_UNSAVEABLE
            190 CRYPTOKI_NOT_INITIALIZED
            191 CRYPTOKI_ALREADY_INITIALIZED
            1A0 MUTEX_BAD
            1A1 MUTEX_NOT_LOCKED
            1B0 NEW_PIN_MODE
            1B1 NEXT_OTP
            1C0 EXCEEDED_MAX_ITERATIONS
            1C1 FIPS_SELF_TEST_FAILED
            1C2 LIBRARY_LOAD_FAILED
            1C3 PIN_TOO_WEAK
            1C4 PUBLIC_KEY_INVALID
            200 FUNCTION_REJECTED
            """;

    private ReturnValueNames() {}

    static Map<Long, String> read() {
        return ALL.lines()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toUnmodifiableMap(line -> Long.parseLong(line[0], 16), line -> line[1]));
    }
}
