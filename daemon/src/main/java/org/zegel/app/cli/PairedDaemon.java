package org.zegel.app.cli;

import java.io.IOException;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.Backend;
import org.zegel.app.client.DaemonBackend;
import org.zegel.app.client.Pairing;
import org.zegel.app.config.Home;
import org.zegel.app.daemon.DaemonClient;
import org.zegel.consent.PairingCode;
import org.zegel.model.Door;
import org.zegel.model.Scope;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;

/** The daemon as the command line reaches it: started when needed, paired once, the token kept in the home. */
final class PairedDaemon {
    private static final String NAME = "Zegel's command line";

    private final TokenFile tokenFile;
    private final Backend backend;

    private PairedDaemon(TokenFile tokenFile, Backend backend) {
        this.tokenFile = tokenFile;
        this.backend = backend;
    }

    static Backend open(Home home) throws CommandError, RequestError {
        Backend backend = connect(home);
        boolean welcome = false;
        try {
            new PairedDaemon(TokenFile.of(home), backend).enter();
            welcome = true;
            return backend;
        } finally {
            if (!welcome) {
                backend.close();
            }
        }
    }

    /** Whether the person let this command line in before. */
    static boolean isPaired(Home home) {
        return TokenFile.of(home).exists();
    }

    private static Backend connect(Home home) throws CommandError {
        try {
            return new DaemonBackend(DaemonClient.open(home.directory()));
        } catch (IOException unreachable) {
            throw new CommandError(
                    "daemon-unreachable",
                    "Zegel's daemon could not be started. zegel doctor tells more; --in-process works without it.");
        }
    }

    private void enter() throws CommandError, RequestError {
        String token = tokenFile.read();
        if (token == null || !accepts(token)) {
            pair();
        }
    }

    private boolean accepts(String token) throws RequestError {
        try {
            return hello(token).paired();
        } catch (RequestError refused) {
            if (refused.code() == ErrorCode.NOT_PAIRED) {
                return false;
            }
            throw refused;
        }
    }

    private SessionResult.Hello hello(@Nullable String token) throws RequestError {
        return backend.call(SessionResult.Hello.class, new SessionRequest.Hello(null, token, null, Terminals.device()));
    }

    private void pair() throws CommandError, RequestError {
        hello(null);
        SessionResult.Pairing paired = Pairing.pair(
                backend,
                NAME,
                EnumSet.allOf(Scope.class),
                new PairingCode.Place(Door.SOCKET, null, null),
                code -> Words.onStandardError()
                        .line("Zegel asks you whether to let this command line in. Its code is " + code + "."));
        String token = paired.token();
        if (token == null || !accepts(token)) {
            throw new CommandError("not-paired", "The daemon did not let the command line in. Try again.");
        }
        tokenFile.write(token);
    }
}
