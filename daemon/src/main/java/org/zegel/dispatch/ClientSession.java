package org.zegel.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.Pairings;
import org.zegel.model.Caller;
import org.zegel.model.Client;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Progress;
import org.zegel.model.VirtualThreads;
import org.zegel.protocol.ErrorCode;
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
    private final List<Runnable> actions = new ArrayList<>();
    private volatile boolean cutOff;
    private volatile boolean closed;

    ClientSession(Dispatcher dispatcher, Pairings pairings, Caller caller) {
        this.dispatcher = dispatcher;
        this.pairings = pairings;
        this.caller = caller;
    }

    @Override
    public boolean authenticate(String token) {
        Optional<Client> known = pairings.authenticate(token, caller);
        known.ifPresent(found -> {
            client = found.id();
            dispatcher.sessions().add(found.id(), this);
            if (closed) {
                // The caller left while its token was looked up: nobody would take the session out again.
                dispatcher.sessions().remove(this);
            }
        });
        // It may have been revoked just before the session was known to be its.
        return known.isPresent() && client().isPresent();
    }

    @Override
    public Optional<Client> client() {
        String id = client;
        return id == null ? Optional.empty() : pairings.client(id, caller);
    }

    @Override
    public Result call(Request request, Progress progress) throws RequestError {
        try {
            Result result = switch (request) {
                case SessionRequest.Hello hello -> hello(hello);
                case SessionRequest.Pair pair ->
                    dispatcher.greetings().pair(pair, dispatcher.calling(caller, progress));
                default -> dispatcher.carryOut(request, client(), progress);
            };
            return cutOff && !endsItself(request) ? tooLate() : result;
        } catch (Exception | StackOverflowError | OutOfMemoryError thrown) {
            RequestError error = Failures.toError(thrown);
            throw cutOff && error.code() == ErrorCode.CANCELLED ? revoked() : error;
        }
    }

    private static boolean endsItself(Request request) {
        return request instanceof SessionRequest.Unpair || request instanceof SessionRequest.Revoke;
    }

    /** The result was ready when the client was nobody any more: what was made for it is freed. */
    private Result tooLate() throws RequestError {
        String id = client;
        if (id != null) {
            dispatcher.forget(id);
        }
        throw revoked();
    }

    private static RequestError revoked() {
        return new RequestError(
                ErrorCode.NOT_PAIRED, "This client was revoked, or its time is over. Pair again with client.pair.");
    }

    @Override
    public void onCutOff(Runnable action) {
        synchronized (actions) {
            if (!cutOff) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    /** The client is nobody any more. */
    void cutOff() {
        List<Runnable> told;
        synchronized (actions) {
            cutOff = true;
            told = List.copyOf(actions);
            actions.clear();
        }
        if (!told.isEmpty()) {
            VirtualThreads.start("cut-off", () -> told.forEach(Runnable::run));
        }
    }

    @Override
    public void close() {
        closed = true;
        dispatcher.sessions().remove(this);
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
                    pairings.hasEnded(token, caller)
                            ? "The time that this client was given is over, or your organisation's policy ended it."
                                    + " Pair again with client.pair; \"zegel client allow\" gives it more time."
                            : "This token is not known, or not this client's. Pair again with client.pair.");
        }
        return dispatcher.greetings().hello(hello, caller, client().isPresent());
    }
}
