package org.zegel.store.cryptoki;

/**
 * A call to a module did not do what it should. The message is for the log and for whoever knows modules; what a person is
 * told is the store's. Never holds a PIN.
 */
public final class ModuleFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** No function of the module returned this: it crashed, hung, or was not loaded. */
    public static final ReturnValue NO_VALUE = new ReturnValue(ReturnValue.OK);

    /** What to make of it. */
    public enum Kind {
        PIN_INCORRECT,
        PIN_LOCKED,
        /** The person gave up at the reader's PIN pad. */
        PIN_CANCELLED,
        /** The PIN has to be given: first, again, or for this very use. */
        NOT_LOGGED_IN,
        TOKEN_REMOVED,
        /** The token has no such key. */
        KEY_MISSING,
        /** No answer in time; the helper was ended, whatever it was doing. */
        HUNG,
        /** The helper ended in the middle. */
        CRASHED,
        /** The token or the module cannot do this. */
        UNSUPPORTED,
        /** The module cannot be loaded or initialised, or fails so often that it is left alone for a while. */
        NOT_LOADED,
        FAILED
    }

    private final Kind kind;
    private final ReturnValue value;

    public ModuleFailure(Kind kind, ReturnValue value, String message) {
        super(message);
        this.kind = kind;
        this.value = value;
    }

    /** Without a return value. */
    public ModuleFailure(Kind kind, String message) {
        this(kind, NO_VALUE, message);
    }

    public Kind kind() {
        return kind;
    }

    /** {@link #NO_VALUE} where there is none. */
    public ReturnValue value() {
        return value;
    }
}
