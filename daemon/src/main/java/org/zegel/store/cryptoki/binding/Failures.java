package org.zegel.store.cryptoki.binding;

import org.zegel.store.cryptoki.ModuleFailure;
import org.zegel.store.cryptoki.ModuleFailure.Kind;
import org.zegel.store.cryptoki.ReturnValue;

/** What a return value means. */
final class Failures {
    private Failures() {}

    static ModuleFailure of(CkFunction function, long value) {
        ReturnValue named = new ReturnValue(value);
        return new ModuleFailure(kind(function, value), named, function + ": " + named);
    }

    private static Kind kind(CkFunction function, long value) {
        if (value == ReturnValue.FUNCTION_CANCELED) {
            return function == CkFunction.LOGIN ? Kind.PIN_CANCELLED : Kind.FAILED;
        }
        if (value == ReturnValue.PIN_INCORRECT
                || value == ReturnValue.PIN_INVALID
                || value == ReturnValue.PIN_LEN_RANGE) {
            return Kind.PIN_INCORRECT;
        }
        if (value == ReturnValue.PIN_LOCKED) {
            return Kind.PIN_LOCKED;
        }
        if (value == ReturnValue.USER_NOT_LOGGED_IN || isLoginLost(function, value)) {
            return Kind.NOT_LOGGED_IN;
        }
        if (value == ReturnValue.DEVICE_REMOVED
                || value == ReturnValue.TOKEN_NOT_PRESENT
                || value == ReturnValue.SLOT_ID_INVALID) {
            return Kind.TOKEN_REMOVED;
        }
        return isUnsupported(value) ? Kind.UNSUPPORTED : Kind.FAILED;
    }

    /** OpenSC's word for a PIN of one use when the login itself has ended, as it does after a wrong one. */
    private static boolean isLoginLost(CkFunction function, long value) {
        return function == CkFunction.LOGIN && value == ReturnValue.OPERATION_NOT_INITIALIZED;
    }

    private static boolean isUnsupported(long value) {
        return value == ReturnValue.FUNCTION_NOT_SUPPORTED
                || value == ReturnValue.MECHANISM_INVALID
                || value == ReturnValue.MECHANISM_PARAM_INVALID
                || value == ReturnValue.KEY_TYPE_INCONSISTENT
                || value == ReturnValue.KEY_FUNCTION_NOT_PERMITTED;
    }

    /** The session ended with the token, or with the login; a new one works. */
    static boolean isLostSession(long value) {
        return value == ReturnValue.SESSION_HANDLE_INVALID
                || value == ReturnValue.SESSION_CLOSED
                || value == ReturnValue.DEVICE_REMOVED
                || value == ReturnValue.TOKEN_NOT_PRESENT;
    }

    /** The key's number went stale. */
    static boolean isLostObject(long value) {
        return value == ReturnValue.KEY_HANDLE_INVALID || value == ReturnValue.OBJECT_HANDLE_INVALID;
    }

    /** Said by modules of a token that was pulled out in the middle, among other things. */
    static boolean isVague(long value) {
        return value == ReturnValue.GENERAL_ERROR
                || value == ReturnValue.FUNCTION_FAILED
                || value == ReturnValue.DEVICE_ERROR
                || value == ReturnValue.SLOT_ID_INVALID
                || value == ReturnValue.TOKEN_NOT_RECOGNIZED
                || isLostObject(value);
    }
}
