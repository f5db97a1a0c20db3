package org.zegel.content;

import java.io.IOException;
import org.zegel.model.Failure;

/** A content is longer than allowed, or the spool has no room for it; nothing of it was taken beyond the limit. */
public final class ContentLimitException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Failure.Kind kind;

    private ContentLimitException(Failure.Kind kind, String message) {
        super(message);
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

    /** The same as a failure: {@code CONTENT_TOO_LARGE} or {@code QUOTA_EXCEEDED}. */
    public Failure toFailure() {
        return new Failure(kind, String.valueOf(getMessage()), this);
    }
}
