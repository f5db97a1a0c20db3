package org.zegel.app.client;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.PairingCode;
import org.zegel.consent.ScopeNames;
import org.zegel.model.Scope;
import org.zegel.model.Sha256;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;

/** The client's side of pairing: commits to a nonce, learns the daemon's, shows the code that both sides compute. */
public final class Pairing {
    private static final int NONCE = 32;

    private Pairing() {}

    /**
     * Asks to be let in; comes back when the person has answered.
     *
     * @param place where this client meets the daemon, as it knows it itself
     * @param showCode is told the six digits that the person compares with those in Zegel's question
     */
    public static SessionResult.Pairing pair(
            Backend backend, String name, Collection<Scope> scopes, PairingCode.Place place, Consumer<String> showCode)
            throws RequestError {
        byte[] nonce = new byte[NONCE];
        new SecureRandom().nextBytes(nonce);
        SessionResult.Pairing begun = backend.call(
                SessionResult.Pairing.class,
                new SessionRequest.Pair(
                        name, scopes.stream().map(ScopeNames::name).toList(), encode(Sha256.of(nonce)), null, null));
        byte[] theirs = Base64.getUrlDecoder().decode(needed(begun.nonce()));
        showCode.accept(PairingCode.code(nonce, theirs, name, scopes, place));
        return backend.call(
                SessionResult.Pairing.class, new SessionRequest.Pair(null, null, null, begun.pairing(), encode(nonce)));
    }

    private static String needed(@Nullable String answer) throws RequestError {
        if (answer == null) {
            throw new RequestError(ErrorCode.INTERNAL_ERROR, "Zegel's daemon did not answer the pairing as it should.");
        }
        return answer;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
