package org.zegel.app.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.zegel.app.client.Backend;
import org.zegel.app.client.DaemonBackend;
import org.zegel.app.client.Pairing;
import org.zegel.app.daemon.DaemonClient;
import org.zegel.app.throwaway.HttpVisitor;
import org.zegel.app.throwaway.RelayProcess;
import org.zegel.app.throwaway.ServedKeys;
import org.zegel.app.throwaway.TemporaryFolder;
import org.zegel.app.throwaway.ThrowawayDaemon;
import org.zegel.app.throwaway.ThrowawayDaemonProcess;
import org.zegel.consent.PairingCode;
import org.zegel.model.Door;
import org.zegel.model.Failure;
import org.zegel.model.Scope;
import org.zegel.model.Verdict;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;

/** Shows Zegel's main job with real messages and throwaway keys, and checks every outcome on the way. */
public final class Demo {
    /** The command that serves the demo's keys in a process of its own. */
    public static final String DAEMON = "demo-daemon";

    /** Larger than what travels inline, so that it goes by PUT and GET at the HTTP door. */
    private static final int LARGE = 500_000;

    private static final int SMALL = 2_000;
    private static final List<Scope> SCOPES =
            List.of(Scope.CERTIFICATES, Scope.VERIFY, Scope.SIGN, Scope.ENCRYPT, Scope.DECRYPT);

    private final List<String> program;
    private final Daemons daemons;
    private final PrintStream out;
    private final Clock clock;
    private boolean allWell = true;

    private Demo(List<String> program, Daemons daemons, PrintStream out, Clock clock) {
        this.program = program;
        this.daemons = daemons;
        this.out = out;
        this.clock = clock;
    }

    /** How the daemon behind the doors is started. */
    @FunctionalInterface
    private interface Daemons {
        ServedKeys start() throws IOException;
    }

    /**
     * With a daemon in a process of its own.
     *
     * @param program how this program is started, without arguments
     */
    public static Demo of(List<String> program, PrintStream out, Clock clock) {
        return new Demo(program, () -> ThrowawayDaemonProcess.start(program, List.of(DAEMON)), out, clock);
    }

    /** With the daemon in this process, where a JVM that learns what is used sees all of it. */
    public static Demo inOneProcess(List<String> program, PrintStream out, Clock clock) {
        return new Demo(program, () -> ThrowawayDaemon.start(DemoKeys.make(clock)), out, clock);
    }

    /** Whether every verdict was what it should be. */
    public boolean run() throws Failure, RequestError, IOException {
        long start = System.nanoTime();
        // The daemon starts while this process works.
        try (ServedKeys daemon = daemons.start();
                TemporaryFolder folder = new TemporaryFolder("zegel-demo")) {
            out.println("Zegel demo: throwaway keys, real messages. Nothing of yours is read or kept.");
            out.println();
            DemoKeys keys = DemoKeys.make(clock);
            said("made a CA and keys for Alice (RSA-2048), Bob (P-256) and Mallory", start);
            VerdictTable table;
            try (Showcase show = new Showcase(folder.path(), keys, clock)) {
                table = inProcess(show);
            }
            doors(daemon.address());
            out.println();
            table.lines().forEach(out::println);
            explain();
        }
        out.printf(
                Locale.ROOT,
                "%n%s (%.1f s)%n",
                allWell ? "Every verdict is what it should be." : "NOT every verdict is what it should be.",
                seconds(start));
        return allWell;
    }

    private VerdictTable inProcess(Showcase show) throws RequestError, IOException {
        long start = System.nanoTime();
        byte[] good = show.signed(DemoKeys.ALICE);
        said("signed a message with an attachment, subject \"" + DemoMail.SUBJECT + "\"", start);
        start = System.nanoTime();
        byte[] encrypted = show.encrypted(good, null);
        said("encrypted it to Bob", start);
        start = System.nanoTime();
        byte[] clear = show.clear(encrypted).orElse(new byte[0]);
        check(
                "opened it again",
                new String(clear, java.nio.charset.StandardCharsets.ISO_8859_1).contains(DemoMail.TEXT_WORD));
        said("opened it: the text is back", start);
        VerdictTable table = new VerdictTable();
        row(table, "good", show.judged(good), Verdict.Seal.VALID, Verdict.Lock.NONE);
        row(table, "good, encrypted", show.judged(encrypted), Verdict.Seal.VALID, Verdict.Lock.CLOSED);
        row(table, "good, no CRL at hand", show.judgedWithoutCrl(good), Verdict.Seal.WARNING, Verdict.Lock.NONE);
        row(table, "altered", show.judged(Showcase.altered(good)), Verdict.Seal.BROKEN, Verdict.Lock.NONE);
        row(table, "untrusted CA", show.judged(show.signed(DemoKeys.MALLORY)), Verdict.Seal.WARNING, Verdict.Lock.NONE);
        Optional<byte[]> foreign = show.foreign();
        if (foreign.isPresent()) {
            row(table, "foreign (OpenSSL)", show.judged(foreign.get()), Verdict.Seal.VALID, Verdict.Lock.NONE);
        } else {
            byte[] renamed = Showcase.underAnotherName(good);
            row(table, "foreign (other From)", show.judged(renamed), Verdict.Seal.WARNING, Verdict.Lock.NONE);
        }
        byte[] tampered = Showcase.tampered(show.encrypted(good, "aes256-gcm"));
        row(table, "tampered cipher text", show.judged(tampered), Verdict.Seal.NONE, Verdict.Lock.FAILED);
        return table;
    }

    private void doors(ServedKeys.Address daemon) throws RequestError, IOException {
        out.println();
        long start = System.nanoTime();
        try (Backend door = new DaemonBackend(DaemonClient.openRunning(daemon.home()))) {
            trip(
                    door,
                    "demo over the socket",
                    new PairingCode.Place(Door.SOCKET, null, null),
                    daemon.certificate(DemoKeys.BOB));
        }
        said("local socket: paired, signed, encrypted, opened", start);
        start = System.nanoTime();
        RelayProcess relay = new RelayProcess(program, daemon.home());
        try (Backend door = new DaemonBackend(new DaemonClient(relay, (_, _) -> {}))) {
            PairingCode.Place place = new PairingCode.Place(Door.NATIVE_MESSAGING, RelayProcess.EXTENSION, null);
            trip(door, "demo as an extension", place, daemon.certificate(DemoKeys.BOB));
        }
        said("native messaging, through the real relay as a browser starts it: the same", start);
        start = System.nanoTime();
        try (HttpVisitor door = new HttpVisitor(daemon.httpPort())) {
            httpTrip(door, daemon.certificate(DemoKeys.BOB));
        }
        said("HTTP on 127.0.0.1:" + daemon.httpPort() + " with a token, PUT and GET of the contents: the same", start);
    }

    private void trip(Backend door, String name, PairingCode.Place place, String certificate) throws RequestError {
        SessionResult.Pairing paired = Pairing.pair(door, name, SCOPES, place, _ -> {});
        door.call(SessionResult.Hello.class, new SessionRequest.Hello(null, paired.token(), null, null));
        DoorTrip trip = new DoorTrip(door, certificate);
        ContentRef message = ContentRef.ofBytes(DemoMail.message(DemoKeys.ALICE, DemoKeys.BOB, SMALL));
        check(name, isGood(trip.travel(message, trip.inChunks())));
    }

    private void httpTrip(HttpVisitor door, String certificate) throws RequestError {
        SessionResult.Pairing paired = Pairing.pair(door, "demo in a page", SCOPES, door.place(), _ -> {});
        String token = paired.token();
        if (token == null) {
            throw new IllegalStateException("no token");
        }
        door.useToken(token);
        DoorTrip trip = new DoorTrip(door, certificate);
        String handle = door.put(DemoMail.message(DemoKeys.ALICE, DemoKeys.BOB, LARGE));
        Verdict verdict = trip.travel(ContentRef.ofHandle(handle), clear -> {
            String answer = clear.content();
            return answer == null ? new byte[0] : door.get(answer);
        });
        check("demo in a page", isGood(verdict));
    }

    private static boolean isGood(Verdict verdict) {
        return verdict.seal() == Verdict.Seal.VALID && verdict.lock() == Verdict.Lock.CLOSED;
    }

    private void row(VerdictTable table, String name, Verdict verdict, Verdict.Seal seal, Verdict.Lock lock) {
        table.add(name, verdict);
        check(name, verdict.seal() == seal && verdict.lock() == lock);
    }

    private void check(String what, boolean well) {
        if (!well) {
            allWell = false;
            out.println("  NOT AS IT SHOULD BE: " + what);
        }
    }

    private void explain() {
        out.println();
        out.println("""
                "good" is valid because a list of revoked certificates (CRL) from its own CA was at hand.
                Without one nobody knows whether the certificate was revoked: the same message gets a warning.

                Try next, with a key file of your own (in a checkout it is ./zegel):
                  zegel sign --identity me.p12 message.eml > signed.eml
                  zegel open --json signed.eml
                  zegel store import me.p12
                  zegel native-host --register        lets your browsers' extensions in
                  zegel doctor                        says what else this machine needs""");
    }

    private void said(String what, long start) {
        out.printf(Locale.ROOT, "  %5.0f ms  %s%n", seconds(start) * 1000, what);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
