package org.zegel.operation.client;

import java.util.Set;
import java.util.stream.Collectors;
import org.zegel.consent.Asking;
import org.zegel.consent.Grant;
import org.zegel.consent.PairedClient;
import org.zegel.consent.ScopeNames;
import org.zegel.model.IdentityId;

/** A new grant in one sentence, for the log. What the client calls itself comes last. */
final class GrantWords {
    private GrantWords() {}

    static String of(PairedClient client, Grant grant) {
        String scopes = grant.scopes().stream().map(ScopeNames::name).sorted().collect(Collectors.joining(", "));
        String who = client.origin() == null ? client.name() : client.origin() + ", " + client.name();
        return "Let a client do this: " + scopes + "; with " + identities(grant) + "; " + asking(grant.asking())
                + "; " + (grant.expiresAt() == null ? "without an end" : "until " + grant.expiresAt())
                + ". The client: " + who;
    }

    private static String identities(Grant grant) {
        Set<IdentityId> only = grant.identities();
        return only == null ? "every key" : only.size() + " of the keys";
    }

    private static String asking(Asking asking) {
        return switch (asking.kind()) {
            case EACH_TIME -> "asked each time";
            case USUAL -> "asked as usual";
            case MINUTES -> "asked once in " + asking.period().toMinutes() + " minutes";
            case NEVER -> "NOT ASKED before it signs and decrypts";
        };
    }
}
