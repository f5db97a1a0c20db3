package org.zegel.trust.network;

import java.io.IOException;

/** An answer is larger than what was asked for may be. */
final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    TooLargeException() {
        super("too large");
    }
}
