package org.zegel.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.config.Home;
import org.zegel.app.config.Settings;
import org.zegel.app.daemon.DaemonParts;

class ServedZegelTest {
    @TempDir
    Path home;

    @Test
    void thePortsAreThoseOfTheSettings() throws Exception {
        Settings usual = Settings.defaults();
        try (DaemonParts served = served(usual)) {
            assertThat(served.httpPorts()).contains(new DaemonParts.Ports(47610, 47619));
        }
        try (DaemonParts served = served(with(new Settings.Http(true, 40000, 40000)))) {
            assertThat(served.httpPorts()).contains(new DaemonParts.Ports(40000, 40000));
        }
        try (DaemonParts served = served(with(new Settings.Http(false, 40000, 40001)))) {
            assertThat(served.httpPorts()).isEmpty();
        }
    }

    private DaemonParts served(Settings settings) throws Exception {
        Setup setup = Setup.of(new Home(home, true), settings, new ScriptedPrompter(), Clock.systemUTC());
        return new ServedZegel(Zegel.open(setup), settings);
    }

    private static Settings with(Settings.Http http) {
        Settings usual = Settings.defaults();
        return new Settings(
                usual.daemon(),
                http,
                usual.consent(),
                usual.secrets(),
                usual.stores(),
                usual.audit(),
                usual.limits(),
                usual.trust(),
                usual.sign(),
                usual.encrypt(),
                usual.clients(),
                usual.forced(),
                usual.policyDigest());
    }
}
