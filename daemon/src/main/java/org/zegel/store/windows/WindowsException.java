package org.zegel.store.windows;

import java.util.Locale;

/** A function of Windows said no. */
final class WindowsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    /**
     * Of this function.
     *
     * @param code what it returned, or what {@code GetLastError} told
     */
    WindowsException(String function, int code) {
        super(String.format(Locale.ROOT, "%s: 0x%08X", function, code));
        this.code = code;
    }

    int code() {
        return code;
    }

    boolean is(WindowsCode expected) {
        return code == expected.value();
    }
}
