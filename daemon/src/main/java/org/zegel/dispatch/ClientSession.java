package org.zegel.dispatch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.Pairings;
import org.zegel.model.Caller;
import org.zegel.model.Client;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Progress;
import org.zegel.protocol.Request;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.Result;
import org.zegel.protocol.SessionRequest;

/** The conversation of a caller at a door: nobody until it is authenticated by a pairing's token. */
final class ClientSession implements Session {
    private final Dispatcher dispatcher;
    private final Pairings pairings;
    private volatile Caller caller;
    private volatile @Nullable String client;

    ClientSession(Dispatcher dispatcher, Pairings pairings, Caller caller) {
        this.dispatcher = dispatcher;
        this.pairings = pairings;
        this.caller = caller;
    }

    @Override
    public boolean authenticate(String token) {
        Optional<Client> known = pairings.authenticate(token, caller);
        known.ifPresent(found -> client = found.id());
        return known.isPresent();
    }

    @Override
    public Optional<Client> client() {
        String id = client;
        return id == null ? Optional.empty() : pairings.client(id, caller);
    }

    @Override
    public Result call(Request request, Progress progress) throws RequestError {
        try {
            return switch (request) {
                case SessionRequest.Hello hello -> hello(hello);
                case SessionRequest.Pair pair ->
                    dispatcher.greetings().pair(pair, dispatcher.calling(caller, progress));
                default -> dispatcher.carryOut(request, client(), progress);
            };
        } catch (Exception | StackOverflowError | OutOfMemoryError thrown) {
            throw Failures.toError(thrown);
        }
    }

    @Override
    public void close() {
        dispatcher.gone(caller);
    }

    private Result hello(SessionRequest.Hello hello) throws Failure {
        String terminal = hello.terminal();
        if (terminal != null && caller.door() == Door.SOCKET) {
            caller = caller.withTerminal(terminal);
        }
        String token = hello.token();
        if (token != null && !authenticate(token)) {
            throw new Failure(
                    Failure.Kind.NOT_PAIRED,
                    "This token is not known, or not this client's. Pair again with client.pair.");
        }
        return dispatcher.greetings().hello(hello, caller, client().isPresent());
    }
}
