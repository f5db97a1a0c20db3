package org.zegel.app.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.Backend;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionResult;
import org.zegel.protocol.StoreRequest;
import org.zegel.protocol.StoreResult;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code zegel identity …}: certificates of the person's own, with their keys. */
@CommandLine.Command(
        name = "identity",
        description = "Your own certificates and their keys.",
        subcommands = {
            IdentityCommands.ListAll.class,
            StoreCommands.Import.class,
            StoreCommands.Export.class,
            StoreCommands.Prefer.class,
            IdentityCommands.Remove.class
        })
final class IdentityCommands extends CommandGroup {
    @CommandLine.Command(name = "list", description = "Lists your identities.")
    static final class ListAll extends CallingCommand {
        @Parameters(arity = "0..1", paramLabel = "ADDRESS", description = "Those for mail from this address.")
        @Nullable
        String address;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            StoreResult.Identities found =
                    backend.call(StoreResult.Identities.class, new StoreRequest.ListIdentities(address));
            List<String> lines =
                    found.identities().stream().map(StoreCommands::line).toList();
            answer(found, lines);
            return ExitStatus.DONE;
        }
    }

    @CommandLine.Command(
            name = "remove",
            description = "Removes an identity and its key from Zegel's own store for good, after asking.")
    static final class Remove extends CallingCommand {
        @Parameters(paramLabel = "ID", description = "As zegel store list shows it.")
        String identity;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            return done(
                    backend.call(SessionResult.Done.class, new StoreRequest.RemoveIdentity(identity)),
                    "The identity and its key are gone.");
        }
    }
}
