package org.zegel.app.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.Backend;
import org.zegel.protocol.CertificateRequest;
import org.zegel.protocol.CertificateResult;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionResult;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zegel cert …}: other people's certificates, and the CAs that the person trusts. */
@CommandLine.Command(
        name = "cert",
        description = "Other people's certificates, and the CAs you trust.",
        subcommands = {
            CertificateCommands.ListAll.class,
            CertificateCommands.Inspect.class,
            CertificateCommands.Import.class,
            CertificateCommands.Remove.class,
            CertificateCommands.Trust.class,
            CertificateCommands.Untrust.class
        })
final class CertificateCommands extends CommandGroup {
    @CommandLine.Command(name = "list", description = "Lists certificates of other people.")
    static final class ListAll extends CallingCommand {
        @Parameters(arity = "0..1", paramLabel = "ADDRESS", description = "Only those for this address.")
        @Nullable
        String address;

        @Option(names = "--trusted", description = "List the CAs you trust instead.")
        boolean trusted;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            CertificateResult.Certificates found = backend.call(
                    CertificateResult.Certificates.class,
                    trusted ? new CertificateRequest.ListTrust() : new CertificateRequest.ListCertificates(address));
            answer(found, lines(found));
            return ExitStatus.DONE;
        }
    }

    @CommandLine.Command(name = "inspect", description = "Shows what a certificate says and whether it is trusted now.")
    static final class Inspect extends CallingCommand {
        @Parameters(paramLabel = "FILE", description = "The certificate, PEM or DER.")
        Path file;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            CertificateResult.Inspected inspected = backend.call(
                    CertificateResult.Inspected.class, new CertificateRequest.Inspect(content(backend, file)));
            answer(
                    inspected,
                    List.of(
                            VerdictWords.of(inspected.certificate()),
                            "sha256: " + inspected.certificate().sha256(),
                            "chain: " + VerdictWords.word(inspected.chain().status()) + "   revocation: "
                                    + VerdictWords.word(inspected.chain().revocation())));
            return ExitStatus.DONE;
        }
    }

    @CommandLine.Command(name = "import", description = "Keeps certificates of other people.")
    static final class Import extends CallingCommand {
        @Parameters(paramLabel = "FILE", description = "Certificates, PEM or DER.")
        Path file;

        @Option(names = "--pin", description = "Vouch for them: use them even where their CA is not trusted.")
        boolean pin;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            CertificateResult.Certificates kept = backend.call(
                    CertificateResult.Certificates.class, new CertificateRequest.Import(content(backend, file), pin));
            answer(kept, lines(kept));
            return ExitStatus.DONE;
        }
    }

    @CommandLine.Command(name = "remove", description = "Forgets a certificate.")
    static final class Remove extends CallingCommand {
        @Parameters(paramLabel = "SHA256", description = "As zegel cert list shows it.")
        String sha256;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            return done(
                    backend.call(SessionResult.Done.class, new CertificateRequest.Remove(sha256)),
                    "The certificate is forgotten.");
        }
    }

    @CommandLine.Command(name = "trust", description = "Trusts a CA certificate for e-mail, after asking you.")
    static final class Trust extends CallingCommand {
        @Parameters(paramLabel = "FILE", description = "The CA certificate, PEM or DER.")
        Path file;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            return done(
                    backend.call(SessionResult.Done.class, new CertificateRequest.AddTrust(content(backend, file))),
                    "The CA is trusted for e-mail from now on.");
        }
    }

    @CommandLine.Command(name = "untrust", description = "No longer trusts a CA certificate that you added.")
    static final class Untrust extends CallingCommand {
        @Parameters(paramLabel = "SHA256", description = "As zegel cert list --trusted shows it.")
        String sha256;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            return done(
                    backend.call(SessionResult.Done.class, new CertificateRequest.RemoveTrust(sha256)),
                    "The CA is no longer trusted.");
        }
    }

    private static List<String> lines(CertificateResult.Certificates found) {
        if (found.certificates().isEmpty()) {
            return List.of("There are none.");
        }
        return found.certificates().stream()
                .map(each -> each.sha256() + "  " + VerdictWords.of(each))
                .toList();
    }
}
