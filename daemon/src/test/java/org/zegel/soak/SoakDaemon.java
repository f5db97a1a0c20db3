package org.zegel.soak;

import java.nio.file.Path;
import java.time.Clock;
import org.zegel.app.config.Configuration;
import org.zegel.app.config.Home;
import org.zegel.app.config.LogLevel;
import org.zegel.app.config.Settings;
import org.zegel.app.daemon.DaemonMain;
import org.zegel.app.wiring.ServedZegel;
import org.zegel.app.wiring.Setup;
import org.zegel.app.wiring.Zegel;

/** The whole daemon with its configuration, keys and database; only its person is made of code. */
final class SoakDaemon {
    private SoakDaemon() {}

    /** {@code arguments}: the home, and whether the person agrees to all. */
    public static void main(String[] arguments) throws Exception {
        Home home = new Home(Path.of(arguments[0]), true);
        Settings settings = Configuration.load(home);
        Thread.ofPlatform().daemon().name("inspector").start(new Inspector(System.in, System.out));
        Person person = new Person(Boolean.parseBoolean(arguments[1]));
        DaemonMain.run(
                home.directory(),
                LogLevel.TRACE,
                _ -> new ServedZegel(Zegel.open(Setup.of(home, settings, person, Clock.systemUTC())), settings));
        System.exit(0);
    }
}
