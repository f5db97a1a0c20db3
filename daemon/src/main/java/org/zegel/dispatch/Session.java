package org.zegel.dispatch;

import java.util.Optional;
import org.zegel.model.Client;
import org.zegel.model.Progress;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;

/** One caller's conversation. Calls may run at the same time on several threads. */
public interface Session extends AutoCloseable {
    /** Speaks as the client with this token from now on; false, and nothing changes, when it is not this caller's. */
    boolean authenticate(String token);

    /** Whom the session speaks as; empty until authenticated. A revoked client is empty at once. */
    Optional<Client> client();

    /**
     * Carries out one request: scope check, operation, error mapping.
     *
     * @throws RequestError the only exception that leaves, safe to show
     */
    Result call(Request request, Progress progress) throws RequestError;

    /**
     * Runs the action when the client is cut off in the middle of the session, because it was revoked or its time is
     * over; at once where that has happened. Actions run on a thread of their own.
     */
    void onCutOff(Runnable action);

    /** The connection is gone: withdraws open questions and frees what the connection alone owned. */
    @Override
    void close();
}
