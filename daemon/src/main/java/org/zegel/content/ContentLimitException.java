package org.zegel.content;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;

/**
 * A content is longer than allowed, or the spool or its disk has no room for it; nothing of it was taken beyond the
 * limit.
 */
public final class ContentLimitException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Failure.Kind kind;

    private ContentLimitException(Failure.Kind kind, String message) {
        this(kind, message, null);
    }

    private ContentLimitException(Failure.Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    static ContentLimitException tooLarge(long limit) {
        return new ContentLimitException(
                Failure.Kind.CONTENT_TOO_LARGE, "The message is larger than the limit of " + limit + " bytes.");
    }

    static ContentLimitException spoolFull(long limit) {
        return new ContentLimitException(
                Failure.Kind.QUOTA_EXCEEDED,
                "There is no room left for temporary copies of messages (limit " + limit
                        + " bytes). Close contents that are no longer needed, or wait for running calls to end.");
    }

    /** The system refused to write the spool's file; the cause, which may hold a path, is for the log alone. */
    static ContentLimitException diskRefused(IOException cause) {
        return new ContentLimitException(
                Failure.Kind.QUOTA_EXCEEDED,
                "A temporary copy of the message could not be written to the disk. Is it full? Make room on the disk"
                        + " that holds Zegel's home, and try again.",
                cause);
    }

    /** The same as a failure: {@code CONTENT_TOO_LARGE} or {@code QUOTA_EXCEEDED}. */
    public Failure toFailure() {
        return new Failure(kind, String.valueOf(getMessage()), this);
    }
}
