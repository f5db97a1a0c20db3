package org.zegel.app.client;

import org.zegel.model.Progress;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;

/** Where a command's requests go: the daemon, or this very process. */
public interface Backend extends AutoCloseable {
    /** Carries one request out; progress may be reported from another thread. */
    Result call(Request request, Progress progress) throws RequestError;

    /** Carries out a request whose answer is known to be of the type. */
    default <T extends Result> T call(Class<T> type, Request request, Progress progress) throws RequestError {
        return type.cast(call(request, progress));
    }

    default <T extends Result> T call(Class<T> type, Request request) throws RequestError {
        return call(type, request, Progress.NONE);
    }

    @Override
    void close();
}
