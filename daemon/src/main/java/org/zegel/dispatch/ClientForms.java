package org.zegel.dispatch;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.Asking;
import org.zegel.consent.Grant;
import org.zegel.consent.PairedClient;
import org.zegel.consent.ScopeNames;
import org.zegel.model.Failure;
import org.zegel.model.IdentityId;
import org.zegel.model.KebabCase;
import org.zegel.model.Scope;
import org.zegel.operation.client.Clients;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;

/** Clients and their grants as the protocol has them. */
final class ClientForms {
    private static final int MAX_IDENTITY = 128;

    private ClientForms() {}

    static SessionResult.ClientInfo info(Clients.Entry entry) {
        PairedClient client = entry.client();
        Grant grant = client.grant();
        Set<IdentityId> only = grant.identities();
        return new SessionResult.ClientInfo(
                client.id(),
                client.name(),
                client.origin(),
                KebabCase.of(client.door()),
                grant.scopes().stream().map(Scopes::word).sorted().toList(),
                client.pairedAt(),
                client.program(),
                client.approved(),
                only == null
                        ? null
                        : only.stream().map(IdentityId::value).sorted().toList(),
                grant.asking().word(),
                entry.always().stream()
                        .map(yes -> new SessionResult.AlwaysUse(yes.identity().value(), KebabCase.of(yes.purpose())))
                        .toList(),
                client.usedAt(),
                grant.expiresAt(),
                entry.ended());
    }

    /** The grant that is asked for; a word that is none is refused with those that there are. */
    static Grant grant(SessionRequest.ChangeClient request) throws Failure {
        String ask = request.ask();
        return new Grant(
                scopes(request.scopes()),
                identities(request.identities()),
                ask == null ? Asking.USUAL : asking(ask),
                request.expiresAt());
    }

    private static Asking asking(String word) throws Failure {
        return Asking.parse(word)
                .orElseThrow(() -> invalid("ask must be each-time, usual, never, or minutes=N with N from 1 to "
                        + Asking.MAX_MINUTES + "."));
    }

    private static Set<Scope> scopes(List<String> names) throws Failure {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String name : names) {
            scopes.add(ScopeNames.parse(name)
                    .orElseThrow(() -> invalid("scopes has one that there is not; there are "
                            + EnumSet.allOf(Scope.class).stream()
                                    .map(ScopeNames::name)
                                    .collect(Collectors.joining(", "))
                            + ".")));
        }
        return scopes;
    }

    private static @Nullable Set<IdentityId> identities(@Nullable List<String> ids) throws Failure {
        if (ids == null) {
            return null;
        }
        if (ids.stream().anyMatch(id -> id.isEmpty() || id.length() > MAX_IDENTITY || id.contains(" "))) {
            throw invalid("identities has something that is no identity's id; identity.list tells which there are.");
        }
        return ids.stream().map(IdentityId::new).collect(Collectors.toSet());
    }

    private static Failure invalid(String what) {
        return new Failure(Failure.Kind.INVALID_PARAMETERS, what);
    }
}
