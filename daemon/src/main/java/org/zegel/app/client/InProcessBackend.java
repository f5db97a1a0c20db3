package org.zegel.app.client;

import org.jspecify.annotations.Nullable;
import org.zegel.model.Failure;
import org.zegel.model.Progress;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;
import org.zegel.trust.TrustOptions;

/** All of Zegel in this process, for this command alone. */
public final class InProcessBackend implements Backend {
    static Backend open(@Nullable KeyFiles keys, TrustOptions trust) throws CommandError, Failure {
        throw new CommandError("unsupported", "Not yet.");
    }

    @Override
    public Result call(Request request, Progress progress) throws RequestError {
        throw new IllegalStateException();
    }

    @Override
    public void close() {}
}
