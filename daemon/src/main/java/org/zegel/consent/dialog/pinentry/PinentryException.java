package org.zegel.consent.dialog.pinentry;

import java.io.IOException;

/** The program gave no answer that allows anything. The message never has what was typed. */
public final class PinentryException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public PinentryException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why not. */
    public enum Reason {
        /** The person cancelled, or closed the window. */
        CANCELLED,
        /** The person said no. */
        NOT_CONFIRMED,
        /** The program waited long enough. */
        TIMED_OUT,
        /** The asking thread was interrupted. */
        WITHDRAWN,
        /** The program cannot ask here, or does not speak the protocol. */
        UNUSABLE
    }

    public Reason reason() {
        return reason;
    }

    /** From libgpg-error's codes; their upper bits say which program speaks. */
    static PinentryException ofCode(long code) {
        return switch ((int) (code & 0xFFFF)) {
            case 62 -> new PinentryException(Reason.TIMED_OUT, "nobody answered");
            case 99, 198 -> new PinentryException(Reason.CANCELLED, "cancelled");
            case 114 -> new PinentryException(Reason.NOT_CONFIRMED, "not confirmed");
            default -> new PinentryException(Reason.UNUSABLE, "the program answers error " + (code & 0xFFFF));
        };
    }
}
