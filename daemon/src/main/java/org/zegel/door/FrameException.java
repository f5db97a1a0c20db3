package org.zegel.door;

import java.io.IOException;

/** The bytes are no frames. */
public final class FrameException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with them. */
    public enum Kind {
        /** Over the limit; the frame was skipped and the next one can be read. */
        TOO_LONG,
        /** So long that it is no frame of ours; nothing after it can be read. */
        ABSURD,
        /** The stream ended inside a frame. */
        TRUNCATED
    }

    private final Kind kind;

    FrameException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
