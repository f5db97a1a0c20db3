package org.zegel.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.config.Home;
import org.zegel.app.config.Settings;
import org.zegel.app.wiring.Setup;
import org.zegel.app.wiring.Zegel;
import org.zegel.consent.TestPrompter;
import org.zegel.door.Pairing;
import org.zegel.model.Caller;
import org.zegel.model.Door;
import org.zegel.model.Progress;
import org.zegel.protocol.JsonCodec;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;

/** Sessions are known by their client for as long as they last, and no longer. */
class ClientSessionTest {
    @TempDir
    Path home;

    private final Meanwhile clock = new Meanwhile();
    private Zegel zegel;
    private Dispatcher dispatcher;
    private String token;

    @BeforeEach
    void pair() throws Exception {
        zegel = Zegel.open(Setup.of(new Home(home, true), Settings.defaults(), new TestPrompter(), clock));
        dispatcher = (Dispatcher) zegel.gate();
        try (Session session = enter("pairing")) {
            token = Pairing.pair(
                    (_, params) -> JsonCodec.toJson(session.call(pairing(params), Progress.NONE)), "verify");
        }
    }

    @AfterEach
    void close() {
        zegel.close();
    }

    @Test
    void isForgottenOnceItIsClosed() {
        Session session = enter("first");
        assertThat(session.authenticate(token)).isTrue();
        assertThat(dispatcher.sessions().isEmpty()).isFalse();
        session.close();
        assertThat(dispatcher.sessions().isEmpty()).isTrue();
    }

    @Test
    void isForgottenWhenItIsClosedWhileItsTokenIsLookedUp() {
        Session session = enter("first");
        AtomicBoolean left = new AtomicBoolean();
        clock.next = () -> {
            session.close();
            left.set(true);
        };
        session.authenticate(token);
        assertThat(left).isTrue();
        assertThat(dispatcher.sessions().isEmpty()).isTrue();
    }

    private static SessionRequest.Pair pairing(String params) throws RequestError {
        return JsonCodec.readRequest(SessionRequest.Pair.class, params.getBytes(StandardCharsets.UTF_8));
    }

    private Session enter(String connection) {
        return dispatcher.enter(new Caller(Door.SOCKET, null, null, null, connection));
    }

    /** A clock that does something the next time it is looked at. */
    private static final class Meanwhile extends Clock {
        private Runnable next = () -> {};

        @Override
        public Instant instant() {
            Runnable now = next;
            next = () -> {};
            now.run();
            return systemUTC().instant();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
