package org.zegel.dispatch;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.zegel.consent.Pairings;
import org.zegel.content.ContentHandles;
import org.zegel.content.Workspace;
import org.zegel.content.Workspaces;
import org.zegel.model.Caller;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.model.Progress;
import org.zegel.operation.Call;
import org.zegel.protocol.CertificateRequest;
import org.zegel.protocol.CmsRequest;
import org.zegel.protocol.ContentRequest;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.Methods;
import org.zegel.protocol.Request;
import org.zegel.protocol.Result;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.StoreRequest;

/** The gate of all doors: from a typed request to the operation that serves it. */
public final class Dispatcher implements Gate {
    private final Pairings pairings;
    private final Consumer<Caller> withdraw;
    private final AtomicLong calls = new AtomicLong();
    private final Sessions sessions = new Sessions();
    private final Workspaces workspaces;
    private final ContentHandles handles;
    private final Greetings greetings;
    private final SessionCalls sessionCalls;
    private final ContentCalls contentCalls;
    private final MessageCalls messageCalls;
    private final CmsCalls cmsCalls;
    private final CertificateCalls certificateCalls;
    private final StoreCalls storeCalls;

    /** {@code withdraw} takes back the open questions of a call, or of a connection that is gone. */
    public Dispatcher(
            Pairings pairings,
            Workspaces workspaces,
            ContentHandles handles,
            Operations operations,
            Defaults defaults,
            DaemonState daemon,
            Consumer<Caller> withdraw) {
        this.withdraw = withdraw;
        this.pairings = pairings;
        this.workspaces = workspaces;
        this.handles = handles;
        this.greetings = new Greetings(pairings, daemon);
        this.sessionCalls = new SessionCalls(operations, handles, daemon);
        this.contentCalls = new ContentCalls(handles);
        this.messageCalls = new MessageCalls(operations, defaults);
        this.cmsCalls = new CmsCalls(operations, defaults);
        this.certificateCalls = new CertificateCalls(operations);
        this.storeCalls = new StoreCalls(operations);
    }

    @Override
    public Session enter(Caller caller) {
        return new ClientSession(this, pairings, caller);
    }

    /** A session that speaks as this client from the start, for the command line in its own process. */
    public Session enterAs(Client client) {
        return new FixedSession(this, client);
    }

    /** A connection is gone: nobody is left to answer its questions for. */
    void gone(Caller caller) {
        withdraw.accept(caller);
    }

    /** The caller as it makes one more call; what that asks a person ends when the call is cancelled. */
    Caller calling(Caller caller, Progress progress) {
        Caller calling = caller.withCall(calls.incrementAndGet());
        progress.onCancel(() -> withdraw.accept(calling));
        return calling;
    }

    Sessions sessions() {
        return sessions;
    }

    /** Ends every session of a client that was revoked or whose time is over, and frees what it holds. Quick. */
    public void cutOff(String client) {
        sessions.cutOff(client);
        forget(client);
    }

    /** Frees what a client holds when it is gone for good. */
    void forget(String client) {
        handles.closeAll(client);
    }

    /** Carries out a request if the client may make it. */
    Result carryOut(Request request, Optional<Client> caller, Progress progress) throws Failure, IOException {
        Client known = caller.orElseThrow(Dispatcher::notPaired);
        Client client = known.with(calling(known.caller(), progress));
        Scopes.require(client, Methods.of(request).method().scopes());
        try (Workspace workspace = workspaces.open()) {
            Call call = new Call(client, progress, workspace);
            ContentRefs refs = new ContentRefs(handles, call);
            return switch (request) {
                case SessionRequest session -> sessionCalls.call(session, call);
                case ContentRequest content -> contentCalls.call(content, client.id());
                case MessageRequest message -> messageCalls.call(message, call, refs);
                case CmsRequest cms -> cmsCalls.call(cms, call, refs);
                case CertificateRequest certificate -> certificateCalls.call(certificate, call, refs);
                case StoreRequest store -> storeCalls.call(store, call, refs);
            };
        }
    }

    Greetings greetings() {
        return greetings;
    }

    private static Failure notPaired() {
        return new Failure(
                Failure.Kind.NOT_PAIRED,
                "This client is not paired with Zegel, or no longer. Call client.pair, then hello with the token.");
    }
}
