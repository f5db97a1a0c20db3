package org.zegel.app.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.Contents;
import org.zegel.model.Failure;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;
import org.zegel.protocol.RequestError;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zegel sign}. */
@CommandLine.Command(name = "sign", description = "Signs a message.")
final class SignCommand extends MessageCommand {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The message; default stdin.")
    @Nullable
    Path file;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the signed message goes; default stdout.")
    @Nullable
    Path out;

    @Mixin
    SigningOptions signing;

    @Override
    int run() throws CommandError, RequestError, Failure {
        try (Signer signer = Signer.choose(signing, door);
                ProgressLine progress = progress("signing")) {
            Contents contents = new Contents(signer.backend());
            ContentRef message = send(contents, Input.of(file));
            MessageResult.Message signed = signer.backend()
                    .call(
                            MessageResult.Message.class,
                            new MessageRequest.Sign(
                                    message,
                                    signer.identity(),
                                    signing.modeName(),
                                    signing.digestName(),
                                    signing.scheme(),
                                    signing.headersName(),
                                    true),
                            progress);
            progress.close();
            Output.write(out, false, stream -> contents.receive(signed.message(), stream));
            Written.tell(print.json, out);
            return ExitStatus.DONE;
        }
    }
}
