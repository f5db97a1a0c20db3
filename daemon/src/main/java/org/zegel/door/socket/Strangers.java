package org.zegel.door.socket;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.dispatch.Gate;
import org.zegel.dispatch.Session;
import org.zegel.door.RateLimits;
import org.zegel.door.RateLimits.Deed;
import org.zegel.door.Visitor;
import org.zegel.model.Caller;
import org.zegel.model.Client;
import org.zegel.model.Progress;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;
import org.zegel.protocol.SessionRequest;

/**
 * A gate that limits how often callers whom no token names yet may greet, and try tokens. Attempts to pair are limited
 * where pairings are kept, for every door.
 */
final class Strangers implements Gate {
    private final Gate gate;
    private final RateLimits limits = new RateLimits();

    Strangers(Gate gate) {
        this.gate = gate;
    }

    @Override
    public Session enter(Caller caller) {
        return new Limited(gate.enter(caller), Visitor.ofLocal(caller));
    }

    private final class Limited implements Session {
        private final Session session;
        private final Visitor visitor;

        Limited(Session session, Visitor visitor) {
            this.session = session;
            this.visitor = visitor;
        }

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
            return request instanceof SessionRequest.Hello hello
                    ? greet(hello, progress)
                    : session.call(request, progress);
        }

        private Result greet(SessionRequest.Hello hello, Progress progress) throws RequestError {
            @Nullable String token = hello.token();
            if (token != null && !limits.allows(Deed.REFUSED_TOKEN, visitor)) {
                throw tooOften();
            }
            if (token == null && session.client().isEmpty() && !limits.allow(Deed.LOCAL_HELLO, visitor)) {
                throw tooOften();
            }
            try {
                return session.call(hello, progress);
            } catch (RequestError refused) {
                if (token != null && refused.code() == ErrorCode.NOT_PAIRED) {
                    limits.allow(Deed.REFUSED_TOKEN, visitor);
                }
                throw refused;
            }
        }

        private static RequestError tooOften() {
            return new RequestError(ErrorCode.BUSY, "Too many greetings or refused tokens. Wait some seconds.");
        }

        @Override
        public void onCutOff(Runnable action) {
            session.onCutOff(action);
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
