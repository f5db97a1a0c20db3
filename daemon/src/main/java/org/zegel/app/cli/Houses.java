package org.zegel.app.cli;

import java.time.Clock;
import java.util.function.Function;
import org.zegel.app.config.Configuration;
import org.zegel.app.config.Home;
import org.zegel.app.config.Settings;
import org.zegel.app.wiring.Setup;
import org.zegel.consent.Prompter;
import org.zegel.model.Failure;

/** The person's own Zegel: their home and their configuration. */
final class Houses {
    private Houses() {}

    /** {@code prompter}: who asks, in the words and looks that are configured. */
    static Setup setup(Home home, Function<Settings, Prompter> prompter) throws Failure {
        Settings settings = Configuration.load(home);
        return Setup.of(home, settings, prompter.apply(settings), Clock.systemUTC());
    }
}
