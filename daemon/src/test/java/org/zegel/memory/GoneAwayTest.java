package org.zegel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.daemon.DaemonClient;
import org.zegel.app.system.PrivateBus;
import org.zegel.app.system.Speaker;
import org.zegel.consent.dialog.Pty;
import org.zegel.fixtures.Needs;
import org.zegel.fixtures.Spec;
import org.zegel.fixtures.TestAuthority;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.Door;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
import org.zegel.protocol.StoreRequest;
import org.zegel.protocol.StoreResult;

/**
 * A whole daemon on a bus where a program says what logind and the desktop say, with a person who answers in the real
 * pinentry: whoever goes away leaves no key open and no yes behind, and the daemon's end leaves nothing in memory.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class GoneAwayTest {
    private static final TestIdentity ALICE = TestAuthority.root("Away").issue(Spec.mail("Alice", "alice@example.org"));

    private static final String PASSPHRASE = Needles.random();
    private static final String BODY = Needles.random();
    private static final Needles SECRETS =
            new Needles().add("passphrase", PASSPHRASE).add("text of the message", BODY);

    @TempDir
    Path folder;

    private Pty terminal;
    private PrivateBus bus;
    private LiveDaemon daemon;
    private DaemonClient client;

    @BeforeEach
    void start() throws Exception {
        terminal = new Pty();
        bus = PrivateBus.start(folder);
        String token;
        try (PreparedHome home = new PreparedHome(folder.resolve("home"), PASSPHRASE)) {
            home.add(ALICE, folder);
            token = home.pair(Door.SOCKET, null);
        }
        Files.writeString(
                folder.resolve("home/config.toml"),
                "[dialog]\nprompts = \"pinentry\"\npinentry = \"" + Needs.program("pinentry-tty") + "\"\n");
        daemon = LiveDaemon.start(
                folder, Map.of("DBUS_SYSTEM_BUS_ADDRESS", bus.address(), "DBUS_SESSION_BUS_ADDRESS", bus.address()));
        client = daemon.connect();
        client.call(SessionResult.Hello.class, new SessionRequest.Hello(null, token, null, terminal.device()));
    }

    @AfterEach
    void stop() throws Exception {
        if (client != null) {
            client.close();
        }
        if (daemon != null) {
            daemon.close();
        }
        bus.close();
        terminal.close();
    }

    /** One daemon for all that happens in a day. */
    @Test
    void lockSleepScreenSaverAndTheEndWipeWhatThePersonUnlocked() throws Exception {
        signAsked();
        assertThat(daemon.left(SECRETS)).as("after pinentry").isEmpty();
        assertThat(Needles.ofKey(ALICE).isIn(daemon.dump()))
                .as("the key is open, so that the search can find")
                .isTrue();

        try (Speaker logind = new Speaker(bus.address(), "org.freedesktop.login1");
                Speaker saver = new Speaker(bus.address(), "org.freedesktop.ScreenSaver")) {
            untilLocked(logind::lock);
            assertThat(daemon.left(Needles.ofKey(ALICE))).as("after a lock").isEmpty();
            signAsked();
            untilLocked(() -> logind.sleep(true));
            signAsked();
            untilLocked(() -> saver.active("org.freedesktop.ScreenSaver", true));
        }

        signAsked();
        daemon.terminate();
        assertThat(daemon.left(Needles.ofKey(ALICE))).as("after SIGTERM").isEmpty();
        assertThat(daemon.left(SECRETS)).as("after SIGTERM").isEmpty();
        assertThat(daemon.end()).isEqualTo(128 + 15);
    }

    /** Signs; the person has to say yes and to give the passphrase, because the key is locked. */
    private void signAsked() throws Exception {
        assertThat(state()).isEqualTo("locked");
        CompletableFuture<MessageResult.Message> signed = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return client.call(
                                MessageResult.Message.class,
                                new MessageRequest.Sign(
                                        ContentRef.ofText("From: alice@example.org\r\n\r\n" + BODY + "\r\n"),
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null));
                    } catch (Exception failed) {
                        throw new CompletionException(failed);
                    }
                },
                Thread::startVirtualThread);
        terminal.press("efuse", "s");
        terminal.answer("Passphrase:", PASSPHRASE);
        assertThat(String.valueOf(signed.get(60, TimeUnit.SECONDS).message().text()))
                .contains(BODY);
        assertThat(state()).isEqualTo("unlocked");
    }

    /** Says it until it is heard: the daemon begins to listen beside its first use of a key. */
    private void untilLocked(Signal signal) throws Exception {
        for (int i = 0; i < 200 && !state().equals("locked"); i++) {
            signal.say();
            Thread.sleep(100);
        }
        assertThat(state()).isEqualTo("locked");
    }

    @FunctionalInterface
    private interface Signal {
        void say() throws Exception;
    }

    private String state() throws Exception {
        return client.call(StoreResult.Stores.class, new StoreRequest.ListStores()).stores().stream()
                .filter(store -> store.store().equals("pkcs12"))
                .findFirst()
                .orElseThrow()
                .state();
    }
}
