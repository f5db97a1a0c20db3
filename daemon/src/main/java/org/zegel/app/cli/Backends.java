package org.zegel.app.cli;

import java.util.List;
import org.zegel.app.client.Backend;
import org.zegel.app.client.InProcessBackend;
import org.zegel.app.config.Home;
import org.zegel.app.wiring.Setup;
import org.zegel.app.wiring.Zegel;
import org.zegel.model.Failure;
import org.zegel.protocol.RequestError;
import org.zegel.trust.TrustOptions;

/** Chooses who carries requests out. */
final class Backends {
    private Backends() {}

    /**
     * The daemon, started when needed; or this process where that was asked for, or where nobody could be asked to let
     * the command line in. Keys in stores stay closed there too, because using them is asked for in either.
     */
    static Backend open(DoorOptions door) throws CommandError, RequestError, Failure {
        Home home = Home.current();
        boolean alone = door.inProcess || (!PairedDaemon.isPaired(home) && !Prompters.anybody());
        return alone ? inProcess() : PairedDaemon.open(home);
    }

    /** This process. */
    static Backend inProcess() throws Failure {
        return inProcess(Houses.setup(Home.current(), Prompters::ofThisProcess));
    }

    /** This process, with keys and trust that were named for this call. */
    static Backend ofThisCall(KeyFiles keys, TrustOptions trust) throws Failure {
        return inProcess(Houses.setup(Home.current(), Prompters::ofThisProcess)
                .withNamed(List.of(keys.store()))
                .withTrust(trust));
    }

    private static Backend inProcess(Setup setup) throws Failure {
        Zegel zegel = Zegel.open(setup);
        return new InProcessBackend(zegel.inProcess(Callers.thisProcess()), zegel::close);
    }
}
