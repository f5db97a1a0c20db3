package org.zegel.app.cli;

import org.zegel.app.client.Backend;
import org.zegel.app.client.DaemonBackend;
import org.zegel.app.client.InProcessBackend;
import org.zegel.model.Failure;
import org.zegel.protocol.RequestError;
import org.zegel.trust.TrustOptions;

/** Chooses who carries requests out. */
final class Backends {
    private Backends() {}

    /** The daemon, started when needed; or this process where that was asked for. */
    static Backend open(DoorOptions door) throws CommandError, RequestError, Failure {
        return door.inProcess ? InProcessBackend.open(null, TrustOptions.DEFAULT) : DaemonBackend.open(Homes.path());
    }

    /** This process, with keys and trust that were named for this call. */
    static Backend ofThisCall(KeyFiles keys, TrustOptions trust) throws CommandError, RequestError, Failure {
        return InProcessBackend.open(keys, trust);
    }
}
