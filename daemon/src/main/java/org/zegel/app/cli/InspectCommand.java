package org.zegel.app.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.Backend;
import org.zegel.app.client.Contents;
import org.zegel.model.Failure;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;
import org.zegel.protocol.RequestError;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code zegel inspect}: needs no key, so it asks nobody. */
@CommandLine.Command(name = "inspect", description = "Shows how a message is built, without using any key.")
final class InspectCommand extends MessageCommand {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The message; default stdin.")
    @Nullable
    Path file;

    @Override
    int run() throws CommandError, RequestError, Failure {
        try (Backend backend = Backends.open(door)) {
            Contents contents = new Contents(backend);
            MessageResult.Inspected inspected = backend.call(
                    MessageResult.Inspected.class, new MessageRequest.Inspect(send(contents, Input.of(file))));
            answer(inspected, VerdictWords.of(inspected.layers()));
            return ExitStatus.DONE;
        }
    }
}
