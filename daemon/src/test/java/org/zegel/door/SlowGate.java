package org.zegel.door;

import java.util.Optional;
import org.zegel.dispatch.Gate;
import org.zegel.dispatch.Session;
import org.zegel.model.Caller;
import org.zegel.model.Client;
import org.zegel.model.Progress;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;
import org.zegel.protocol.SessionResult;

/**
 * A gate that makes {@code message.open} of the text "slow N" take N steps of 5 ms and report each; everything else is
 * another gate's.
 */
record SlowGate(Gate inner) implements Gate {
    private static final String SLOW = "slow ";
    private static final long STEP_MILLIS = 5;

    @Override
    public Session enter(Caller caller) {
        Session session = inner.enter(caller);
        return new Session() {
            @Override
            public boolean authenticate(String token) {
                return session.authenticate(token);
            }

            @Override
            public Optional<Client> client() {
                return session.client();
            }

            @Override
            public Result call(Request request, Progress progress) throws RequestError {
                if (request instanceof MessageRequest.Open open
                        && open.message().text() != null
                        && open.message().text().startsWith(SLOW)
                        && session.client().isPresent()) {
                    return slow(Integer.parseInt(open.message().text().substring(SLOW.length())), progress);
                }
                return session.call(request, progress);
            }

            @Override
            public void onCutOff(Runnable action) {
                session.onCutOff(action);
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }

    private static Result slow(int steps, Progress progress) throws RequestError {
        for (int i = 1; i <= steps; i++) {
            progress.report(i, steps);
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException stop) {
                throw new RequestError(ErrorCode.CANCELLED, "interrupted");
            }
        }
        return new SessionResult.Done(true);
    }
}
