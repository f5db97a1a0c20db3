package org.zegel.app.cli;

import java.util.List;
import org.zegel.app.client.Backend;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code zegel client …}: the programs and extensions that were let in. */
@CommandLine.Command(
        name = "client",
        description = "Programs and extensions that you let in.",
        subcommands = {ClientCommands.ListAll.class, ClientCommands.Revoke.class})
final class ClientCommands extends CommandGroup {
    @CommandLine.Command(name = "list", description = "Lists the clients and what they may do.")
    static final class ListAll extends CallingCommand {
        @Override
        int run(Backend backend) throws CommandError, RequestError {
            SessionResult.Clients found = backend.call(SessionResult.Clients.class, new SessionRequest.ListClients());
            answer(
                    found,
                    found.clients().isEmpty()
                            ? List.of("No client is paired.")
                            : found.clients().stream().map(ListAll::line).toList());
            return ExitStatus.DONE;
        }

        private static String line(SessionResult.ClientInfo client) {
            String origin = client.origin() == null ? "" : " " + client.origin();
            return client.client() + "  " + client.name() + origin + " (" + client.door() + ", since "
                    + client.pairedAt() + "): " + String.join(", ", client.scopes());
        }
    }

    @CommandLine.Command(name = "revoke", description = "Forgets a client and cuts it off.")
    static final class Revoke extends CallingCommand {
        @Parameters(paramLabel = "ID", description = "As zegel client list shows it.")
        String client;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            return done(
                    backend.call(SessionResult.Done.class, new SessionRequest.Revoke(client)),
                    "The client is cut off; to come back it has to ask you again.");
        }
    }
}
