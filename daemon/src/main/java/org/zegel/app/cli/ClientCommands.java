package org.zegel.app.cli;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.Backend;
import org.zegel.protocol.ErrorCode;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zegel client …}: the programs and extensions that were let in. */
@CommandLine.Command(
        name = "client",
        description = "Programs and extensions that you let in.",
        subcommands = {
            ClientCommands.ListAll.class,
            ClientCommands.Show.class,
            ClientCommands.Allow.class,
            ClientCommands.Revoke.class,
            ClientCommands.ForgetDenied.class
        })
final class ClientCommands extends CommandGroup {
    private static final String ID = "As zegel client list shows it.";

    @CommandLine.Command(name = "list", description = "Lists the clients and what they may do.")
    static final class ListAll extends CallingCommand {
        @Override
        int run(Backend backend) throws CommandError, RequestError {
            SessionResult.Clients found = clients(backend);
            answer(
                    found,
                    found.clients().isEmpty()
                            ? List.of("No client is paired.")
                            : found.clients().stream().map(ClientWords::line).toList());
            return ExitStatus.DONE;
        }
    }

    @CommandLine.Command(name = "show", description = "Shows one client and its grant.")
    static final class Show extends CallingCommand {
        @Parameters(paramLabel = "ID", description = ID)
        String client;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            SessionResult.ClientInfo found = find(backend, client);
            answer(found, ClientWords.lines(found));
            return ExitStatus.DONE;
        }
    }

    @CommandLine.Command(
            name = "allow",
            description = "Changes what a client may do. What is not named stays; more than before needs your yes.")
    static final class Allow extends CallingCommand {
        @Parameters(paramLabel = "ID", description = ID)
        String client;

        @Option(
                names = "--scopes",
                paramLabel = "SCOPE,…",
                split = ",",
                description = "certificates, verify, encrypt, sign, decrypt, raw-cms, manage.")
        @Nullable
        List<String> scopes;

        @Option(
                names = "--identities",
                paramLabel = "ID,…",
                split = ",",
                description = "The only identities it may use and see; all: every one.")
        @Nullable
        List<String> identities;

        @Option(
                names = "--ask",
                paramLabel = "HOW",
                description = "each-time, usual (you choose in the question), minutes=N, or never.")
        @Nullable
        String ask;

        @Option(
                names = "--expires",
                paramLabel = "WHEN",
                description = "never, 12h, 30d, a day (2026-12-31) or a moment (2026-12-31T12:00:00Z).")
        @Nullable
        String expires;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            SessionResult.ClientInfo before = find(backend, client);
            SessionResult.ClientInfo after = backend.call(
                    SessionResult.ClientInfo.class,
                    new SessionRequest.ChangeClient(
                            client,
                            scopes == null ? before.scopes() : scopes,
                            identities == null ? before.identities() : only(identities),
                            ask == null ? before.ask() : ask,
                            expires == null
                                    ? before.expiresAt()
                                    : Moments.parse("--expires", expires, Clock.systemDefaultZone())));
            answer(after, ClientWords.lines(after));
            return ExitStatus.DONE;
        }

        private static @Nullable List<String> only(List<String> named) {
            return named.equals(List.of("all")) ? null : named;
        }
    }

    @CommandLine.Command(name = "revoke", description = "Forgets a client and cuts it off.")
    static final class Revoke extends CallingCommand {
        @Parameters(paramLabel = "ID", arity = "0..1", description = ID)
        @Nullable
        String client;

        @Spec
        CommandSpec spec;

        @Option(names = "--all", description = "Every client, this command line last.")
        boolean all;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            if (all == (client != null)) {
                throw new CommandLine.ParameterException(spec.commandLine(), "Name one client, or --all.");
            }
            String one = client;
            return one == null ? everyone(backend) : done(revoke(backend, one), WORDS);
        }

        private int everyone(Backend backend) throws RequestError {
            String own = own(backend);
            for (SessionResult.ClientInfo other : clients(backend).clients()) {
                if (!other.client().equals(own)) {
                    revoke(backend, other.client());
                }
            }
            SessionResult.Done last = new SessionResult.Done(true);
            return done(
                    own == null ? last : backend.call(SessionResult.Done.class, new SessionRequest.Unpair()),
                    "Every client is cut off; to come back it has to ask you again.");
        }

        /** In its own process the command line has no pairing. */
        private static @Nullable String own(Backend backend) throws RequestError {
            try {
                return backend.call(SessionResult.ClientInfo.class, new SessionRequest.Self())
                        .client();
            } catch (RequestError none) {
                if (none.code() == ErrorCode.NOT_PAIRED) {
                    return null;
                }
                throw none;
            }
        }

        private static SessionResult.Done revoke(Backend backend, String id) throws RequestError {
            return backend.call(SessionResult.Done.class, new SessionRequest.Revoke(id));
        }

        private static final String WORDS = "The client is cut off; to come back it has to ask you again.";
    }

    @CommandLine.Command(
            name = "forget-denied",
            description = "Lets programs and pages that you refused for good ask you again.")
    static final class ForgetDenied extends CallingCommand {
        @Override
        int run(Backend backend) throws CommandError, RequestError {
            SessionResult.Forgotten forgotten =
                    backend.call(SessionResult.Forgotten.class, new SessionRequest.ForgetDenied());
            List<String> lines = new ArrayList<>();
            lines.add(forgotten.callers() == 0 ? "Nobody was refused for good." : "They may ask you again.");
            answer(forgotten, lines);
            return ExitStatus.DONE;
        }
    }

    private static SessionResult.Clients clients(Backend backend) throws RequestError {
        return backend.call(SessionResult.Clients.class, new SessionRequest.ListClients());
    }

    private static SessionResult.ClientInfo find(Backend backend, String id) throws CommandError, RequestError {
        return clients(backend).clients().stream()
                .filter(found -> found.client().equals(id))
                .findFirst()
                .orElseThrow(() -> new CommandError(
                        "invalid-parameters", "No client has this id. zegel client list shows which there are."));
    }
}
