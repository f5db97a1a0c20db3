package org.zegel.dispatch;

import java.util.Optional;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.model.Progress;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;
import org.zegel.protocol.SessionRequest;

/** The command line in its own process: one client from start to end, which needs no token. */
final class FixedSession implements Session {
    private final Dispatcher dispatcher;
    private final Client client;

    FixedSession(Dispatcher dispatcher, Client client) {
        this.dispatcher = dispatcher;
        this.client = client;
    }

    @Override
    public boolean authenticate(String token) {
        return false;
    }

    @Override
    public Optional<Client> client() {
        return Optional.of(client);
    }

    @Override
    public Result call(Request request, Progress progress) throws RequestError {
        try {
            return switch (request) {
                case SessionRequest.Hello ignored -> dispatcher.greetings().greeting(true, null);
                case SessionRequest.Pair ignored -> throw notHere();
                case SessionRequest.Unpair ignored -> throw notHere();
                default -> dispatcher.carryOut(request, client(), progress);
            };
        } catch (Exception | StackOverflowError | OutOfMemoryError thrown) {
            throw Failures.toError(thrown);
        }
    }

    /** Nobody can revoke a process its own use of itself. */
    @Override
    public void onCutOff(Runnable action) {}

    @Override
    public void close() {
        dispatcher.gone(client.caller());
        dispatcher.forget(client.id());
    }

    private static Failure notHere() {
        return new Failure(Failure.Kind.UNSUPPORTED, "The command line in its own process is not paired.");
    }
}
