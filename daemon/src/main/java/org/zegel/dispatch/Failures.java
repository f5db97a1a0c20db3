package org.zegel.dispatch;

import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.content.ContentLimitException;
import org.zegel.model.Failure;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.RequestError;

/** The one place where failures become error codes. Causes go to the log, never through a door. */
public final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private static final String INTERNAL = "Zegel could not do this because of a fault of its own. Its log says more.";
    private static final String NO_MEMORY = "Zegel ran out of memory on this call.";
    private static final String TOO_DEEP = "The content is nested too deeply.";
    private static final String CANCELLED = "The call was cancelled.";

    private Failures() {}

    /** What the client gets to see of anything that an operation or a content threw. */
    public static RequestError toError(Throwable thrown) {
        return switch (thrown) {
            case RequestError already -> already;
            case Failure failure -> ofFailure(failure);
            case ContentLimitException limit -> ofFailure(limit.toFailure());
            case CancellationException ignored -> new RequestError(ErrorCode.CANCELLED, CANCELLED);
            case ClosedByInterruptException ignored -> new RequestError(ErrorCode.CANCELLED, CANCELLED);
            case InterruptedIOException ignored -> new RequestError(ErrorCode.CANCELLED, CANCELLED);
            case StackOverflowError ignored -> new RequestError(ErrorCode.INTERNAL_ERROR, TOO_DEEP);
            case OutOfMemoryError ignored -> new RequestError(ErrorCode.INTERNAL_ERROR, NO_MEMORY);
            default -> {
                LOG.error("A call failed unexpectedly", thrown);
                yield new RequestError(ErrorCode.INTERNAL_ERROR, INTERNAL);
            }
        };
    }

    private static RequestError ofFailure(Failure failure) {
        if (failure.getCause() != null) {
            LOG.info("A call failed: {}", failure.kind(), failure.getCause());
        }
        if (failure.kind() == Failure.Kind.INTERNAL) {
            LOG.error("A call failed", failure);
            return new RequestError(ErrorCode.INTERNAL_ERROR, INTERNAL);
        }
        String message = failure.getMessage();
        return new RequestError(codeOf(failure.kind()), message == null ? "" : message, failure.data());
    }

    /** The stable code of a kind of failure. */
    public static ErrorCode codeOf(Failure.Kind kind) {
        return switch (kind) {
            case INVALID_PARAMETERS -> ErrorCode.INVALID_PARAMETERS;
            case NOT_PAIRED -> ErrorCode.NOT_PAIRED;
            case SCOPE_MISSING -> ErrorCode.SCOPE_MISSING;
            case IDENTITY_NOT_ALLOWED -> ErrorCode.IDENTITY_NOT_ALLOWED;
            case CONSENT_DENIED -> ErrorCode.CONSENT_DENIED;
            case CONSENT_TIMEOUT -> ErrorCode.CONSENT_TIMEOUT;
            case NO_PROMPT -> ErrorCode.NO_PROMPT;
            case PIN_CANCELLED -> ErrorCode.PIN_CANCELLED;
            case PIN_INCORRECT -> ErrorCode.PIN_INCORRECT;
            case PIN_LOCKED -> ErrorCode.PIN_LOCKED;
            case TOKEN_REMOVED -> ErrorCode.TOKEN_REMOVED;
            case STORE_UNAVAILABLE -> ErrorCode.STORE_UNAVAILABLE;
            case STORE_NOT_FOUND -> ErrorCode.STORE_NOT_FOUND;
            case IDENTITY_NOT_FOUND -> ErrorCode.IDENTITY_NOT_FOUND;
            case IDENTITY_AMBIGUOUS -> ErrorCode.IDENTITY_AMBIGUOUS;
            case IDENTITY_UNSUITABLE -> ErrorCode.IDENTITY_UNSUITABLE;
            case CERTIFICATE_NOT_FOUND -> ErrorCode.CERTIFICATE_NOT_FOUND;
            case CERTIFICATE_EXPIRED -> ErrorCode.CERTIFICATE_EXPIRED;
            case NO_RECIPIENT_CERTIFICATE -> ErrorCode.NO_RECIPIENT_CERTIFICATE;
            case MESSAGE_MALFORMED -> ErrorCode.MESSAGE_MALFORMED;
            case CONTENT_NOT_FOUND -> ErrorCode.CONTENT_NOT_FOUND;
            case CONTENT_TOO_LARGE -> ErrorCode.CONTENT_TOO_LARGE;
            case QUOTA_EXCEEDED -> ErrorCode.QUOTA_EXCEEDED;
            case CANNOT_DECRYPT -> ErrorCode.CANNOT_DECRYPT;
            case IMPORT_FAILED -> ErrorCode.IMPORT_FAILED;
            case ALREADY_EXISTS -> ErrorCode.ALREADY_EXISTS;
            case UNSUPPORTED -> ErrorCode.UNSUPPORTED;
            case POLICY_FORBIDS -> ErrorCode.POLICY_FORBIDS;
            case BUSY -> ErrorCode.BUSY;
            case CANCELLED -> ErrorCode.CANCELLED;
            case INTERNAL -> ErrorCode.INTERNAL_ERROR;
        };
    }
}
