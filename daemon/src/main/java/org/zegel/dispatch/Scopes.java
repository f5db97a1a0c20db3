package org.zegel.dispatch;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.zegel.consent.ScopeNames;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.model.Scope;

/** Whether a client's grant covers a call. */
final class Scopes {
    private Scopes() {}

    /** Refuses with {@code SCOPE_MISSING}, naming what is missing. */
    static void require(Client client, Scope... scopes) throws Failure {
        List<String> missing = Arrays.stream(scopes)
                .filter(scope -> !client.scopes().contains(scope))
                .map(Scopes::word)
                .toList();
        if (!missing.isEmpty()) {
            throw new Failure(
                    Failure.Kind.SCOPE_MISSING,
                    "This client was not granted: " + String.join(", ", missing) + ". Pair again and ask for it.",
                    Map.of("missing", missing));
        }
    }

    /** The protocol's word for a scope. */
    static String word(Scope scope) {
        return ScopeNames.name(scope);
    }
}
