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
        List<Input> all = (files.isEmpty() ? List.of(Path.of("-")) : files)
                .stream().map(Input::of).toList();
        try (Backend backend = backend()) {
            return all.size() == 1
                    ? single(backend, all.getFirst())
                    : new SeveralMessages(input -> oneOfSeveral(backend, input), print.json).open(all);
        }
    }

    private Backend backend() throws CommandError, RequestError, Failure {
        if (!identities.isEmpty() || trust.isOfThisCall()) {
            return Backends.ofThisCall(KeyFiles.read(identities, passphrase), trust.read(words));
        }
        return Backends.open(door);
    }

    private int single(Backend backend, Input input) throws CommandError, RequestError {
        Contents contents = new Contents(backend);
        MessageResult.Opened opened = open(backend, contents, input);
        boolean wanted = out != null || !print.json;
        ContentRef clear = opened.content();
        if (clear != null && wanted) {
            Output.write(out, true, stream -> contents.receive(clear, stream));
        } else if (clear != null) {
            contents.forget(clear);
        }
        if (print.json) {
            StandardOutput.json(VerdictJson.of(input.name(), opened));
        } else {
            VerdictWords.of(opened.verdict()).forEach(words::line);
            if (clear == null) {
                words.line("The clear message may not be shown; nothing was written.");
            }
        }
        return wanted && clear == null ? ExitStatus.ANSWER_IS_NO : status(opened);
    }

    /** Only the verdict is told, on one line. */
    private SeveralMessages.Outcome oneOfSeveral(Backend backend, Input input) throws CommandError, RequestError {
        Contents contents = new Contents(backend);
        MessageResult.Opened opened = open(backend, contents, input);
        ContentRef clear = opened.content();
        if (clear != null) {
            contents.forget(clear);
        }
        String line = print.json
                ? VerdictJson.of(input.name(), opened)
                : input.name() + ": " + VerdictWords.of(opened.verdict()).getFirst();
        return new SeveralMessages.Outcome(status(opened), () -> {
            if (print.json) {
                StandardOutput.json(line);
            } else {
                StandardOutput.line(line);
            }
        });
    }

    private MessageResult.Opened open(Backend backend, Contents contents, Input input)
            throws CommandError, RequestError {
        try (ProgressLine progress = progress("opening")) {
            ContentRef message = send(contents, input);
            return backend.call(
                    MessageResult.Opened.class, new MessageRequest.Open(message, trust.offline, true), progress);
        }
    }

    private int status(MessageResult.Opened opened) {
        boolean unsealed = requireSeal && opened.verdict().seal() != Verdict.Seal.VALID;
        return unsealed ? ExitStatus.ANSWER_IS_NO : ExitStatus.DONE;
    }
}
