package org.zegel.app.caller;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.app.system.OperatingSystem;
import org.zegel.app.system.SocketPeer;
import org.zegel.door.socket.Peers;
import org.zegel.model.Caller;
import org.zegel.model.DisplayText;

/**
 * Asks the system who is at the socket. A relay is confirmed when it is this very program, was started for the extension
 * that it speaks for, and its parent is a browser that the system's administrator installed. On macOS only the process
 * is told; on Windows nothing is.
 */
public final class LocalPeers implements Peers {
    /** How this program is started as the relay, behind its class path. */
    private static final List<String> RELAY = List.of("org.zegel.app.Main", "native-host");

    private static final String MAIN = RELAY.getFirst();
    private static final Logger LOG = LoggerFactory.getLogger(LocalPeers.class);

    private final String classPath;
    private final @Nullable String launcher;
    private final ExtensionNames names;
    private final Function<RunningProgram, Optional<KnownBrowser>> browsers;

    /** {@code browsers}: which browser a program is, if any. */
    LocalPeers(
            String classPath,
            @Nullable String launcher,
            Path home,
            Function<RunningProgram, Optional<KnownBrowser>> browsers) {
        this.classPath = classPath;
        this.launcher = launcher;
        this.names = new ExtensionNames(home);
        this.browsers = browsers;
    }

    /** Of this process's machine, user and program. */
    public static LocalPeers ofThisMachine() {
        return new LocalPeers(
                System.getProperty("java.class.path", ""),
                System.getProperty("zegel.launcher"),
                Path.of(System.getProperty("user.home", "/")),
                KnownBrowser::of);
    }

    @Override
    public Caller known(SocketChannel channel, Caller caller) {
        Optional<SocketPeer> peer = SocketPeer.of(channel);
        if (peer.isEmpty()) {
            return unknown(caller, "this system does not tell who is at the socket");
        }
        try (SocketPeer there = peer.get()) {
            if (OperatingSystem.current() == OperatingSystem.MACOS) {
                return caller.withProcess(there.pid(), programByJdk(there.pid()));
            }
            Optional<RunningProgram> program = RunningProgram.of(there.pid());
            Caller known = program.map(found -> described(found, caller)).orElse(caller);
            // Only while it lives is the number its own, and what was read about it.
            return there.isAlive() && program.isPresent() ? known : unknown(caller, "the process has ended");
        }
    }

    @Override
    public @Nullable Long process(SocketChannel channel) {
        try (SocketPeer there = SocketPeer.of(channel).orElse(null)) {
            return there == null ? null : there.pid();
        }
    }

    private Caller described(RunningProgram program, Caller caller) {
        Caller known = caller.withProcess(program.pid(), name(program));
        return caller.origin() == null ? known : relaying(program, known, caller.origin());
    }

    private Caller relaying(RunningProgram relay, Caller known, String origin) {
        if (!isRelay(relay, origin)) {
            return unknown(known, "it is no relay of this program for this extension");
        }
        Optional<RunningProgram> parent = RunningProgram.of(relay.parent());
        if (parent.isEmpty() || !relay.isStillThere() || parent.get().user() != relay.user()) {
            return unknown(known, "the program that started the relay cannot be looked at");
        }
        Optional<KnownBrowser> browser = browsers.apply(parent.get());
        if (browser.isEmpty()) {
            return unknown(known, "what started the relay is no browser that Zegel knows");
        }
        String path = DisplayText.of(parent.get().program().toString());
        return known.withBrowser(
                path,
                names.find(browser.get(), parent.get().arguments(), origin).orElse(null));
    }

    /** The same Java with the same class path, started for this extension. */
    private boolean isRelay(RunningProgram program, String origin) {
        List<String> started = behindClassPath(program);
        return started.size() > RELAY.size()
                && started.subList(0, RELAY.size()).equals(RELAY)
                && started.subList(RELAY.size(), started.size()).contains(origin);
    }

    private List<String> behindClassPath(RunningProgram program) {
        List<String> arguments = program.arguments();
        int at = arguments.indexOf("-cp");
        boolean ours =
                at > 0 && at + 1 < arguments.size() && arguments.get(at + 1).equals(classPath) && isThisJava(program);
        return ours ? arguments.subList(at + 2, arguments.size()) : List.of();
    }

    private static boolean isThisJava(RunningProgram program) {
        try {
            return Files.isSameFile(program.file(), Path.of("/proc/self/exe"));
        } catch (IOException hidden) {
            return false;
        }
    }

    /** The path of the program; of this one that of its launcher, because Java's would say nothing. */
    private String name(RunningProgram program) {
        List<String> started = behindClassPath(program);
        String own = launcher;
        return own != null && !started.isEmpty() && started.getFirst().equals(MAIN)
                ? DisplayText.of(own)
                : DisplayText.of(program.program().toString());
    }

    private static @Nullable String programByJdk(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .map(DisplayText::of)
                .orElse(null);
    }

    private static Caller unknown(Caller caller, String why) {
        if (caller.origin() != null) {
            LOG.info(
                    "nobody confirms that {} is who it says: {} (process {}, {})",
                    DisplayText.of(caller.origin()),
                    why,
                    caller.process(),
                    caller.program());
        }
        return caller;
    }
}
