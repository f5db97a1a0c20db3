package org.zegel.door;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.zegel.app.config.Home;
import org.zegel.app.config.Settings;
import org.zegel.app.daemon.DaemonParts;
import org.zegel.app.wiring.Setup;
import org.zegel.app.wiring.Zegel;
import org.zegel.consent.Answer;
import org.zegel.consent.Prompter;
import org.zegel.consent.Question;
import org.zegel.consent.SecretQuestion;
import org.zegel.content.ContentHandles;
import org.zegel.dispatch.Gate;
import org.zegel.event.Events;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Secret;

/** A whole Zegel behind the doors under test, with a person who always says yes. */
public final class TestParts implements DaemonParts {
    /** Far from the product's ports, which a person who runs the tests may be using. */
    public static final int FIRST_PORT = 39610;

    public static final int QUOTA = 12 << 20;

    private final Zegel zegel;
    private final Duration idle;

    public TestParts(Path home, Duration idle) throws IOException {
        this(home, idle, new Yes());
    }

    /** With another person. */
    public TestParts(Path home, Duration idle, Prompter person) throws IOException {
        Settings usual = Settings.defaults();
        Settings settings = new Settings(
                usual.daemon(),
                usual.http(),
                usual.consent(),
                new Settings.Limits(10 << 20, QUOTA),
                usual.trust(),
                usual.sign(),
                usual.encrypt(),
                usual.clients(),
                usual.forced());
        try {
            this.zegel = Zegel.open(Setup.of(new Home(home, true), settings, person, Clock.systemUTC()));
        } catch (Failure problem) {
            throw new IOException(problem);
        }
        this.idle = idle;
    }

    @Override
    public Gate gate() {
        return new SlowGate(zegel.gate());
    }

    @Override
    public ContentHandles contents() {
        return zegel.contents();
    }

    @Override
    public Events events() {
        return zegel.events();
    }

    @Override
    public boolean isPairedOrigin(String origin) {
        try {
            return zegel.pairings().isPairedOrigin(Door.HTTP, origin);
        } catch (Failure unreadable) {
            return false;
        }
    }

    @Override
    public Optional<Ports> httpPorts() {
        return Optional.of(new Ports(FIRST_PORT, FIRST_PORT + 39));
    }

    @Override
    public void httpOpened(int port) {
        zegel.httpPort(port);
    }

    @Override
    public Duration idle() {
        return idle;
    }

    @Override
    public void close() {
        zegel.close();
    }

    private static final class Yes implements Prompter {
        @Override
        public boolean available(Question question) {
            return true;
        }

        @Override
        public Answer ask(Question question) {
            return new Answer(
                    Answer.Decision.ONCE, question instanceof Question.Pairing pairing ? pairing.scopes() : Set.of());
        }

        @Override
        public Secret askSecret(SecretQuestion question) throws Failure {
            throw new Failure(Failure.Kind.PIN_CANCELLED, "No secrets in this test.");
        }
    }
}
