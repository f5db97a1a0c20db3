package org.zegel.door;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.zegel.app.config.Home;
import org.zegel.app.config.Settings;
import org.zegel.app.wiring.ServedZegel;
import org.zegel.app.wiring.Setup;
import org.zegel.app.wiring.Zegel;
import org.zegel.consent.Prompter;
import org.zegel.consent.TestPrompter;
import org.zegel.dispatch.Gate;
import org.zegel.door.http.HttpDoor;
import org.zegel.door.http.Origins;
import org.zegel.model.Failure;

/** A whole Zegel behind the doors under test, with a person who always says yes. */
public final class TestParts extends ServedZegel {
    /** Far from the product's ports, which a person who runs the tests may be using. */
    public static final int FIRST_PORT = 39610;

    public static final int QUOTA = 12 << 20;

    private static final int PORTS = 40;

    public TestParts(Path home, Duration idle) throws IOException {
        this(home, idle, new TestPrompter());
    }

    /** With another person. */
    public TestParts(Path home, Duration idle, Prompter person) throws IOException {
        this(home, settings(idle), person);
    }

    private TestParts(Path home, Settings settings, Prompter person) throws IOException {
        super(zegel(home, settings, person), settings);
    }

    private static Settings settings(Duration idle) {
        Settings usual = Settings.defaults();
        return new Settings(
                new Settings.Daemon(idle),
                new Settings.Http(true, FIRST_PORT, FIRST_PORT + PORTS - 1),
                usual.consent(),
                usual.secrets(),
                usual.stores(),
                usual.audit(),
                new Settings.Limits(10 << 20, QUOTA),
                usual.trust(),
                usual.sign(),
                usual.encrypt(),
                usual.clients(),
                usual.forced(),
                usual.policyDigest());
    }

    private static Zegel zegel(Path home, Settings settings, Prompter person) throws IOException {
        try {
            return Zegel.open(Setup.of(new Home(home, true), settings, person, Clock.systemUTC()));
        } catch (Failure problem) {
            throw new IOException(problem);
        }
    }

    /** An HTTP door to these parts. */
    public HttpDoor http() throws IOException {
        return http(this::isPairedOrigin);
    }

    /** An HTTP door to these parts that takes other Origins for paired. */
    public HttpDoor http(Origins pairedOrigins) throws IOException {
        return HttpDoor.open(FIRST_PORT, PORTS, gate(), contents(), events(), new Activity(), pairedOrigins);
    }

    @Override
    public Gate gate() {
        return new SlowGate(super.gate());
    }
}
