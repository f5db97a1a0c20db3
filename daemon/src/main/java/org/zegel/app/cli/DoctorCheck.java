package org.zegel.app.cli;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.zegel.app.client.Backend;
import org.zegel.app.config.Home;
import org.zegel.app.daemon.DaemonClient;
import org.zegel.app.daemon.RuntimeFiles;
import org.zegel.app.registration.Browser;
import org.zegel.app.registration.BrowserCatalogue;
import org.zegel.app.registration.HostRegistration;
import org.zegel.app.system.OperatingSystem;
import org.zegel.model.Failure;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
import org.zegel.protocol.StoreRequest;
import org.zegel.protocol.StoreResult;
import org.zegel.trust.SystemAnchors;

/** What {@code zegel doctor} looks at; no check changes anything, and none starts the daemon. */
final class DoctorCheck {
    /** How a check came out. */
    enum State {
        GOOD,
        NOTE,
        PROBLEM
    }

    /** One line of the doctor's answer. */
    record Finding(String about, State state, String words) {}

    private final List<Finding> findings = new ArrayList<>();

    List<Finding> all() {
        java();
        home();
        daemon();
        browsers();
        stores();
        anchors();
        prompts();
        modules();
        return List.copyOf(findings);
    }

    private void java() {
        good("java", VersionCommand.java() + ", " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB for Zegel");
    }

    private void home() {
        Path home = Home.current().directory();
        if (!Files.exists(home, LinkOption.NOFOLLOW_LINKS)) {
            note("home", home + " is not there yet; Zegel makes it when it first needs it.");
            return;
        }
        try {
            if (Files.getFileStore(home).supportsFileAttributeView("posix")) {
                String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(home));
                if (!permissions.endsWith("------")) {
                    problem("home", "Others can look into " + home + " (" + permissions + "): chmod 700 " + home);
                    return;
                }
            }
            if (Files.isWritable(home)) {
                good("home", home + " is yours alone.");
            } else {
                problem("home", home + " cannot be written by you. Set ZEGEL_HOME to a folder that can.");
            }
        } catch (IOException unreadable) {
            problem("home", home + " cannot be read.");
        }
    }

    private void daemon() {
        Path home = Home.current().directory();
        if (!Files.exists(RuntimeFiles.of(home).socket())) {
            note("daemon", "Not running; it starts when something needs it.");
            return;
        }
        try (DaemonClient client = DaemonClient.openRunning(home)) {
            SessionResult.Hello hello =
                    client.call(SessionResult.Hello.class, new SessionRequest.Hello(null, null, null, null));
            good("daemon", "Running: " + hello.name() + ", protocol " + hello.protocol() + ".");
        } catch (IOException | RequestError unreachable) {
            note("daemon", "It left a socket behind and does not answer; the next call starts it anew.");
            return;
        }
        httpPort(RuntimeFiles.of(home).httpPort());
    }

    private void httpPort(Path file) {
        try {
            good("http", "Listens on 127.0.0.1, port " + Files.readString(file).strip() + ".");
        } catch (IOException none) {
            note("http", "The HTTP door is not open.");
        }
    }

    private void browsers() {
        BrowserCatalogue catalogue = BrowserCatalogue.load();
        HostRegistration registration = HostSetup.registration(catalogue);
        for (Browser browser : HostSetup.installed(catalogue)) {
            try {
                Path manifest = registration.manifest(browser);
                if (Files.isRegularFile(manifest)) {
                    good(browser.name(), "Registered by " + manifest + ".");
                } else {
                    note(browser.name(), "Not registered: zegel native-host --register " + browser.name());
                }
            } catch (Failure unknownSystem) {
                note(browser.name(), String.valueOf(unknownSystem.getMessage()));
            }
        }
    }

    private void stores() {
        if (!Files.exists(Home.current().directory())) {
            return;
        }
        try (Backend zegel = Backends.inProcess()) {
            List<StoreResult.StoreEntry> stores = zegel.call(StoreResult.Stores.class, new StoreRequest.ListStores())
                    .stores();
            for (StoreResult.StoreEntry store : stores) {
                String state = store.problem() == null ? store.state() + "." : store.state() + ": " + store.problem();
                State how = store.state().equals("failed") ? failed(store) : State.GOOD;
                findings.add(new Finding("store " + store.store(), how, store.name() + " is " + state));
            }
        } catch (Failure | RequestError unusable) {
            problem("stores", String.valueOf(unusable.getMessage()));
        }
    }

    /** Zegel's own keys are there without a card; a module that does not work is in nobody's way. */
    private static State failed(StoreResult.StoreEntry store) {
        return store.kind().equals("pkcs11") ? State.NOTE : State.PROBLEM;
    }

    private void anchors() {
        int count = new SystemAnchors(OperatingSystem.current().name()).all().size();
        if (count > 0) {
            good("anchors", "The system brings " + count + " CA certificates.");
        } else {
            note(
                    "anchors",
                    "The system brings no CA certificates, so no sender is trusted until you say"
                            + " zegel cert trust FILE, or your distribution's ca-certificates is installed.");
        }
    }

    private void prompts() {
        boolean display = !GraphicsEnvironment.isHeadless();
        if (display || Terminals.present()) {
            good("prompts", "Zegel can ask you " + (display ? "in a window" : "on this terminal") + ".");
        } else {
            note("prompts", "There is neither a display nor a terminal here, so keys in stores cannot be used.");
        }
    }

    private void modules() {
        boolean p11kit = Files.isDirectory(Path.of("/usr/share/p11-kit/modules"));
        note("p11-kit", p11kit ? "Present." : "Absent, which is fine without a smartcard.");
    }

    private void good(String about, String words) {
        findings.add(new Finding(about, State.GOOD, words));
    }

    private void note(String about, String words) {
        findings.add(new Finding(about, State.NOTE, words));
    }

    private void problem(String about, String words) {
        findings.add(new Finding(about, State.PROBLEM, words));
    }
}
