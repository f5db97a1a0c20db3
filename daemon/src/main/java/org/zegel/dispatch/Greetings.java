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
}
