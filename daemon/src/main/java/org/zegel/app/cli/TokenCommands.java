package org.zegel.app.cli;

import java.util.List;
import org.zegel.app.client.Backend;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.StoreRequest;
import org.zegel.protocol.StoreResult;
import picocli.CommandLine;

/** {@code zegel token …}: cards and other tokens. */
@CommandLine.Command(
        name = "token",
        description = "Your cards and other tokens.",
        subcommands = {TokenCommands.ListAll.class})
final class TokenCommands extends CommandGroup {
    @CommandLine.Command(name = "list", description = "Lists tokens, where they are and what they say of their PIN.")
    static final class ListAll extends CallingCommand {
        @Override
        int run(Backend backend) throws CommandError, RequestError {
            StoreResult.Tokens found = backend.call(StoreResult.Tokens.class, new StoreRequest.ListTokens());
            List<String> lines =
                    found.tokens().stream().map(TokenCommands::line).toList();
            answer(found, lines.isEmpty() ? List.of("No token. zegel store list says what is there.") : lines);
            return ExitStatus.DONE;
        }
    }

    static String line(StoreResult.TokenEntry token) {
        String where = token.reader() == null ? "" : " in " + token.reader();
        String pad = token.pinAtReader() ? ", PIN at the reader" : "";
        String problem = token.problem() == null ? "" : ": " + token.problem();
        return token.store() + "  " + token.name() + " (" + token.state() + ")" + where + " by " + token.module() + pad
                + problem;
    }
}
