package org.zegel.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.Backend;
import org.zegel.app.client.DaemonBackend;
import org.zegel.app.client.InProcessBackend;
import org.zegel.app.client.Pairing;
import org.zegel.app.daemon.DaemonClient;
import org.zegel.app.throwaway.HttpVisitor;
import org.zegel.app.throwaway.RelayProcess;
import org.zegel.app.throwaway.ThrowawayDaemonProcess;
import org.zegel.app.throwaway.ThrowawayHouse;
import org.zegel.app.wiring.Zegel;
import org.zegel.consent.PairingCode;
import org.zegel.model.Caller;
import org.zegel.model.Failure;
import org.zegel.model.Scope;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.ContentRequest;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;

/** Opens the ways in. */
final class Ways {
    private static final String NAME = "Zegel bench";
    private static final List<Scope> SCOPES =
            List.of(Scope.CERTIFICATES, Scope.VERIFY, Scope.SIGN, Scope.ENCRYPT, Scope.DECRYPT);

    private Ways() {}

    /** All of Zegel in this process, with a home in the folder. */
    static Way inProcess(Path folder, BenchKeys keys, Clock clock) throws Failure {
        Zegel zegel = Zegel.open(ThrowawayHouse.setup(folder, keys, ThrowawayHouse.trusting(keys), clock));
        Caller caller = new Caller(org.zegel.model.Door.IN_PROCESS, null, null, null, NAME);
        return new Plain(new InProcessBackend(zegel.inProcess(caller), zegel::close), Usage.own());
    }

    /** The local socket of a daemon that runs. */
    static Way socket(ThrowawayDaemonProcess daemon, Path home) throws RequestError, IOException {
        Backend door = new DaemonBackend(DaemonClient.openRunning(home));
        return paired(door, new PairingCode.Place(org.zegel.model.Door.SOCKET, null, null), daemon);
    }

    /** A relay in front of a daemon that runs. */
    static Way nativeMessaging(List<String> program, ThrowawayDaemonProcess daemon, Path home)
            throws RequestError, IOException {
        Backend door = new DaemonBackend(new DaemonClient(new RelayProcess(program, home), (_, _) -> {}));
        PairingCode.Place place =
                new PairingCode.Place(org.zegel.model.Door.NATIVE_MESSAGING, RelayProcess.EXTENSION, null);
        return paired(door, place, daemon);
    }

    /**
     * The HTTP door of a daemon that runs.
     *
     * @param other a connection of the same page, whose pairing serves for this one too; null pairs
     */
    static Way http(ThrowawayDaemonProcess daemon, int port, @Nullable Way other) throws RequestError {
        HttpVisitor door = new HttpVisitor(port);
        String token = other instanceof Http paired
                ? paired.token()
                : token(Pairing.pair(door, NAME, SCOPES, door.place(), _ -> {}));
        door.useToken(token);
        return new Http(door, token, Usage.of(daemon.pid()));
    }

    private static Way paired(Backend door, PairingCode.Place place, ThrowawayDaemonProcess daemon)
            throws RequestError {
        String token = token(Pairing.pair(door, NAME, SCOPES, place, _ -> {}));
        door.call(SessionResult.Hello.class, new SessionRequest.Hello(null, token, null, null));
        return new Plain(door, Usage.of(daemon.pid()));
    }

    private static String token(SessionResult.Pairing paired) {
        String token = paired.token();
        if (token == null) {
            throw new IllegalStateException("paired without a token");
        }
        return token;
    }

    private record Plain(Backend backend, Usage usage) implements Way {
        @Override
        public void close() {
            backend.close();
        }
    }

    private record Http(HttpVisitor backend, String token, Usage usage) implements Way {
        /** Without the token. */
        @Override
        public String toString() {
            return "Http[]";
        }

        @Override
        public ContentRef put(Path file) throws RequestError, IOException {
            return ContentRef.ofHandle(backend.put(file));
        }

        @Override
        public void get(ContentRef content, Path file) throws RequestError, IOException {
            String handle = content.content();
            if (handle == null) {
                Way.super.get(content, file);
            } else {
                backend.get(handle, file);
                backend.call(SessionResult.Done.class, new ContentRequest.Close(handle));
            }
        }

        @Override
        public void close() {
            backend.close();
        }
    }
}
