package org.zegel.app.cli;

import java.time.Clock;
import org.zegel.app.config.Configuration;
import org.zegel.app.config.Home;
import org.zegel.app.wiring.Setup;
import org.zegel.consent.Prompter;
import org.zegel.model.Failure;

/** The person's own Zegel: their home and their configuration. */
final class Houses {
    private Houses() {}

    static Setup setup(Home home, Prompter prompter) throws Failure {
        return Setup.of(home, Configuration.load(home), prompter, Clock.systemUTC());
    }
}
