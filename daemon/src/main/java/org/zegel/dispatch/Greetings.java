package org.zegel.dispatch;

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

    SessionResult.Hello hello(SessionRequest.Hello request, boolean paired) throws Failure {
        return greeting(paired, null);
    }

    /** The version is for the paired alone: it would tell a stranger which faults to try. */
    SessionResult.Hello greeting(boolean paired, @Nullable String proof) {
        return new SessionResult.Hello(
                NAME, PROTOCOL, paired ? daemon.version() : null, paired, proof, Limits.published());
    }

    SessionResult.Pairing pair(SessionRequest.Pair request, Caller caller) throws Failure {
       throw new IllegalStateException();
    }
}
