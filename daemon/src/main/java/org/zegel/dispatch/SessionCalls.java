package org.zegel.dispatch;

import org.zegel.content.ContentHandles;
import org.zegel.model.Failure;
import org.zegel.operation.Call;
import org.zegel.operation.audit.AuditTrail;
import org.zegel.protocol.Result;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;

/** {@code client.*} of the paired, {@code audit.*}, {@code daemon.*} and {@code events.subscribe}. */
final class SessionCalls {
    private final Operations operations;
    private final ContentHandles handles;
    private final DaemonState daemon;

    SessionCalls(Operations operations, ContentHandles handles, DaemonState daemon) {
        this.operations = operations;
        this.handles = handles;
        this.daemon = daemon;
    }

    Result call(SessionRequest request, Call call) throws Failure {
        return switch (request) {
            case SessionRequest.Hello ignored -> throw wrongPlace();
            case SessionRequest.Pair ignored -> throw wrongPlace();
            case SessionRequest.Self ignored ->
                ClientForms.info(operations.clients().self(call.client()));
            case SessionRequest.Unpair ignored -> revoke(call.client().id(), call);
            case SessionRequest.ListClients ignored ->
                new SessionResult.Clients(operations.clients().list().stream()
                        .map(ClientForms::info)
                        .toList());
            case SessionRequest.Revoke revoke -> revoke(revoke.client(), call);
            case SessionRequest.ChangeClient change ->
                ClientForms.info(
                        operations.clients().change(change.client(), ClientForms.grant(change), call.client()));
            case SessionRequest.ForgetDenied ignored ->
                new SessionResult.Forgotten(operations.clients().forgetDenied(call.client()));
            // The door that carries the connection sends its events, and stops the daemon once this is answered.
            case SessionRequest.Subscribe ignored -> new SessionResult.Done(true);
            case SessionRequest.Stop ignored -> new SessionResult.Done(true);
            case SessionRequest.ListAudit list -> audit(list);
            case SessionRequest.VerifyAudit ignored -> {
                AuditTrail.Check check = operations.audit().verify();
                yield new SessionResult.AuditCheck(
                        check.whole(),
                        check.entries(),
                        check.absent(),
                        check.firstBroken(),
                        check.newest(),
                        check.hash());
            }
            case SessionRequest.Status ignored -> status();
        };
    }

    private SessionResult revoke(String client, Call call) throws Failure {
        operations.clients().revoke(client, call.client());
        return new SessionResult.Done(true);
    }

    private SessionResult audit(SessionRequest.ListAudit request) throws Failure {
        AuditTrail.Wanted wanted = new AuditTrail.Wanted(
                request.since(), request.until(), request.client(), request.before(), request.limit());
        return new SessionResult.Audit(
                operations.audit().list(wanted).stream().map(SessionCalls::line).toList());
    }

    private static SessionResult.AuditEntry line(AuditTrail.Entry entry) {
        return new SessionResult.AuditEntry(
                entry.number(),
                entry.at(),
                entry.client(),
                entry.clientName(),
                entry.operation(),
                entry.identity(),
                entry.certificate(),
                entry.digestAlgorithm(),
                entry.digest(),
                entry.outcome(),
                entry.detail(),
                entry.subject(),
                entry.hash());
    }

    private SessionResult status() throws Failure {
        return new SessionResult.Status(
                daemon.version(),
                daemon.startedAt(),
                operations.clients().list().size(),
                handles.count(),
                daemon.httpPort());
    }

    private static IllegalStateException wrongPlace() {
        return new IllegalStateException("greetings are answered by the session");
    }
}
