package org.zegel.dispatch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.Pairings;
import org.zegel.model.Caller;
import org.zegel.model.Failure;
import org.zegel.protocol.Limits;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;

/** {@code hello} and {@code client.pair}: what a caller may say before it is paired. */
final class Greetings {
    private static final String NAME = "Zegel";
    private static final int PROTOCOL = 1;

    private final Pairings pairings;
    private final DaemonState daemon;

    Greetings(Pairings pairings, DaemonState daemon) {
        this.pairings = pairings;
        this.daemon = daemon;
    }

    /** Answers, with the proof that was asked for. */
    SessionResult.Hello hello(SessionRequest.Hello request, Caller caller, boolean paired) throws Failure {
        String client = request.client();
        String challenge = request.challenge();
        if ((client == null) != (challenge == null)) {
            throw invalid("client and challenge go together: the proof is for that client.");
        }
        String proof = client == null || challenge == null ? null : pairings.prove(caller, client, challenge);
        return greeting(paired, proof);
    }

    /** Version and limits are for the paired alone: they would tell a stranger which faults to try. */
    SessionResult.Hello greeting(boolean paired, @Nullable String proof) {
        return new SessionResult.Hello(
                NAME, PROTOCOL, paired ? daemon.version() : null, paired, proof, paired ? Limits.published() : null);
    }

    SessionResult.Pairing pair(SessionRequest.Pair request, Caller caller) throws Failure {
        String pairing = request.pairing();
        String nonce = request.nonce();
        String name = request.name();
        List<String> scopes = request.scopes();
        String commitment = request.commitment();
        boolean begins = pairing == null && nonce == null;
        boolean ends = name == null && scopes == null && commitment == null;
        if (begins && name != null && scopes != null && commitment != null) {
            Pairings.Begun begun = pairings.begin(caller, name, scopes, commitment);
            return new SessionResult.Pairing(begun.pairing(), begun.nonce(), null, null, null, null);
        }
        if (ends && pairing != null && nonce != null) {
            Pairings.Paired paired = pairings.finish(caller, pairing, nonce);
            return new SessionResult.Pairing(
                    null,
                    null,
                    paired.client(),
                    paired.token(),
                    paired.key(),
                    paired.scopes().stream().map(Scopes::word).sorted().toList());
        }
        throw invalid("Give name, scopes and commitment first, then pairing and nonce.");
    }

    private static Failure invalid(String what) {
        return new Failure(Failure.Kind.INVALID_PARAMETERS, what);
    }
}
