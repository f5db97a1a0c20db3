package org.zegel.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** {@code zegel encrypt}. */
@CommandLine.Command(
        name = "encrypt",
        description = "Encrypts a message to its To, Cc and Bcc, or to those named, and to its sender.")
final class EncryptCommand extends MessageCommand {
    /** Longest certificate file given with --recipient. */
    static final int MAX_CERTIFICATE = 64 << 10;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The message; default stdin.")
    @Nullable
    Path file;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the encrypted message goes; default stdout.")
    @Nullable
    Path out;

    @Option(
            names = "--out-dir",
            paramLabel = "DIR",
            description = "Write each message there, numbered: one for To and Cc, one for each Bcc.")
    @Nullable
    Path outDirectory;

    @Option(names = "--sign", description = "Sign first.")
    boolean sign;

    @Mixin
    SigningOptions signing;

    @Option(names = "--to", paramLabel = "ADDRESS", description = "Encrypt to this address instead. Repeatable.")
    List<String> to = new ArrayList<>();

    @Option(
            names = "--recipient",
            paramLabel = "CERTFILE",
            description = "Encrypt to this certificate instead of looking addresses up. Repeatable.")
    List<Path> recipients = new ArrayList<>();

    @Option(
            names = "--cipher",
            paramLabel = "CIPHER",
            description = "aes128-cbc, aes256-cbc, aes128-gcm or aes256-gcm; default by what the recipients read.")
    @Nullable
    String cipher;

    @Option(names = "--oaep", description = "RSA-OAEP instead of PKCS#1 v1.5, for RSA recipients.")
    boolean oaep;

    @Option(
            names = "--no-legacy-display",
            description = "Do not repeat the hidden subject in the text for readers that do not know RFC 9788.")
    boolean noLegacyDisplay;

    @Override
    int run() throws CommandError, RequestError, Failure {
        if (out != null && outDirectory != null) {
            throw new CommandError("invalid-parameters", "Name either --out or --out-dir, not both.");
        }
        try (Signer signer = Signer.choose(signing, door);
                ProgressLine progress = progress("encrypting")) {
            Contents contents = new Contents(signer.backend());
            ContentRef message = send(contents, Input.of(file));
            MessageResult.Messages encrypted =
                    signer.backend().call(MessageResult.Messages.class, request(message, signer.identity()), progress);
            progress.close();
            new EncryptedMessages(encrypted, contents, print.json).write(out, outDirectory);
            return ExitStatus.DONE;
        }
    }

    private MessageRequest.Encrypt request(ContentRef message, @Nullable String identity) throws CommandError {
        List<ContentRef> certificates = new ArrayList<>();
        for (Path each : recipients) {
            certificates.add(ContentRef.ofBytes(Input.bytes(each, MAX_CERTIFICATE)));
        }
        return new MessageRequest.Encrypt(
                message,
                to.isEmpty() ? null : to,
                certificates.isEmpty() ? null : certificates,
                sign,
                identity,
                signing.modeName(),
                signing.digestName(),
                signing.scheme(),
                cipher,
                oaep ? "oaep" : null,
                signing.headersName(),
                noLegacyDisplay ? false : null,
                true);
    }
}
