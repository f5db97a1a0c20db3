package org.zegel.app.client;

import org.zegel.dispatch.Session;
import org.zegel.model.Progress;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;

/** All of Zegel in this process, for one command. */
public final class InProcessBackend implements Backend {
    private final Session session;
    private final Runnable end;

    /** @param end frees what the session stands on */
    public InProcessBackend(Session session, Runnable end) {
        this.session = session;
        this.end = end;
    }

    @Override
    public Result call(Request request, Progress progress) throws RequestError {
        return session.call(request, progress);
    }

    @Override
    public void close() {
        try (session) {
            // Closed first: it frees its contents.
        } finally {
            end.run();
        }
    }
}
