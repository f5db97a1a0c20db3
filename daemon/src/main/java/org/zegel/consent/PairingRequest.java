package org.zegel.consent;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.zegel.model.Failure;
import org.zegel.model.Scope;

/** Checks what a stranger sends to be paired. */
final class PairingRequest {
    private PairingRequest() {}

    static String name(String name) throws Failure {
        if (name.isBlank() || name.codePointCount(0, name.length()) > Pairings.MAX_NAME) {
            throw invalid("name must have 1 to " + Pairings.MAX_NAME + " characters.");
        }
        if (!HostileText.isPlain(name)) {
            throw invalid("name may not have control or direction characters.");
        }
        return name;
    }

    static Set<Scope> scopes(Collection<String> names) throws Failure {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String name : names) {
            scopes.add(ScopeNames.parse(name)
                    .orElseThrow(() -> invalid("scopes has an unknown one: " + HostileText.shown(name, 40) + ".")));
        }
        if (scopes.isEmpty()) {
            throw invalid("scopes must name at least one.");
        }
        return scopes;
    }

    static byte[] bytes(String parameter, String text, int least, int most) throws Failure {
        String size = least == most ? "" + least : least + " to " + most;
        return PairingCode.decode(text, least, most)
                .orElseThrow(() -> invalid(parameter + " must be base64url of " + size + " bytes."));
    }

    private static Failure invalid(String what) {
        return new Failure(Failure.Kind.INVALID_PARAMETERS, what);
    }
}
