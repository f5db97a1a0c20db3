package org.zegel.app.cli;

import java.io.IOException;
import org.zegel.app.client.Backend;
import org.zegel.app.client.DaemonBackend;
import org.zegel.app.daemon.DaemonClient;
import org.zegel.model.Failure;
import org.zegel.protocol.RequestError;
import org.zegel.trust.TrustOptions;

/** Chooses who carries requests out. */
final class Backends {
    private Backends() {}

    /** The daemon, started when needed; or this process where that was asked for. */
    static Backend open(DoorOptions door) throws CommandError, RequestError, Failure {
        return door.inProcess ? inProcess() : daemon();
    }

    /** This process, with keys and trust that were named for this call. */
    static Backend ofThisCall(KeyFiles keys, TrustOptions trust) throws CommandError, RequestError, Failure {
        throw new CommandError("unsupported", "Not yet.");
    }

    private static Backend inProcess() throws CommandError {
        throw new CommandError("unsupported", "Not yet.");
    }

    private static Backend daemon() throws CommandError, RequestError {
        try {
            return new DaemonBackend(DaemonClient.open(Homes.path()));
        } catch (IOException unreachable) {
            throw new CommandError(
                    "daemon-unreachable",
                    "Zegel's daemon could not be started. zegel doctor tells more; --in-process works without it.");
        }
    }
}
