package org.zegel.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.Backend;
import org.zegel.app.client.Contents;
import org.zegel.model.Failure;
import org.zegel.model.Verdict;
import org.zegel.protocol.ContentRef;
import org.zegel.protocol.MessageRequest;
import org.zegel.protocol.MessageResult;
import org.zegel.protocol.RequestError;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zegel open}. */
@CommandLine.Command(
        name = "open",
        description = {
            "Decrypts and verifies messages and says what is to be thought of them.",
            "The clear message goes to stdout; with --json or several files the verdicts do, one a line."
        })
final class OpenCommand extends MessageCommand {
    @Parameters(arity = "0..*", paramLabel = "FILE", description = "The messages; default stdin.")
    List<Path> files = new ArrayList<>();

    @Option(names = "--out", paramLabel = "FILE", description = "Where the clear message goes.")
    @Nullable
    Path out;

    @Option(names = "--require-seal", description = "Exit with status 1 unless every seal is valid.")
    boolean requireSeal;

    @Mixin
    TrustSelection trust;

    @Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "A key file (PKCS#12, or PEM key and certificate) for this call only. Repeatable.")
    List<Path> identities = new ArrayList<>();

    @Mixin
    PassphraseFile passphrase;

    @Override
    int run() throws CommandError, RequestError, Failure {
        if (out != null && files.size() > 1) {
            throw new CommandError("invalid-parameters", "--out takes one clear message, but several files are named.");
        }
        List<Path> all = files.isEmpty() ? List.of(Path.of("-")) : files;
        int status = ExitStatus.DONE;
        try (Backend backend = backend()) {
            for (Path file : all) {
                status = Math.max(status, one(backend, Input.of(file), all.size() > 1));
            }
        }
        return status;
    }

    private Backend backend() throws CommandError, RequestError, Failure {
        if (!identities.isEmpty() || trust.isOfThisCall()) {
            return Backends.ofThisCall(KeyFiles.read(identities, passphrase), trust.read(words));
        }
        return Backends.open(door);
    }

    /** With several files one that fails does not keep the others from being opened. */
    private int one(Backend backend, Input input, boolean several) throws CommandError, RequestError {
        if (!several) {
            return open(backend, input, false);
        }
        try {
            return open(backend, input, true);
        } catch (CommandError failed) {
            Errors.tell(failed, print.json, input.name());
        } catch (RequestError failed) {
            Errors.tell(CommandError.of(failed), print.json, input.name());
        }
        return ExitStatus.FAILED;
    }

    private int open(Backend backend, Input input, boolean several) throws CommandError, RequestError {
        Contents contents = new Contents(backend);
        MessageResult.Opened opened;
        try (ProgressLine progress = progress("opening")) {
            ContentRef message = send(contents, input);
            opened = backend.call(
                    MessageResult.Opened.class, new MessageRequest.Open(message, trust.offline, true), progress);
        }
        boolean wanted = out != null || !(print.json || several);
        ContentRef clear = opened.content();
        if (clear != null && wanted) {
            Output.write(out, true, stream -> contents.receive(clear, stream));
        } else if (clear != null) {
            contents.forget(clear);
        }
        tell(input, opened, several);
        boolean refused = wanted && clear == null;
        boolean unsealed = requireSeal && opened.verdict().seal() != Verdict.Seal.VALID;
        return refused || unsealed ? ExitStatus.ANSWER_IS_NO : ExitStatus.DONE;
    }

    private void tell(Input input, MessageResult.Opened opened, boolean several) {
        if (print.json) {
            StandardOutput.json(VerdictJson.of(input.name(), opened));
            return;
        }
        List<String> lines = VerdictWords.of(opened.verdict());
        if (several) {
            StandardOutput.line(input.name() + ": " + lines.getFirst());
        } else {
            lines.forEach(words::line);
        }
        if (opened.content() == null && !several) {
            words.line("The clear message may not be shown; nothing was written.");
        }
    }
}
