package org.zegel.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.Backend;
import org.zegel.model.CertificateSummary;
import org.zegel.model.KebabCase;
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
            CertificateCommands.Distrust.class,
            CertificateCommands.Untrust.class,
            CertificateCommands.Choices.class
        })
final class CertificateCommands extends CommandGroup {
    @CommandLine.Command(name = "list", description = "Lists certificates of other people.")
    static final class ListAll extends CallingCommand {
        @Parameters(arity = "0..1", paramLabel = "ADDRESS", description = "Only those for this address.")
        @Nullable
        String address;

        @Option(names = "--trusted", description = "List what you decided about trust instead.")
        boolean trusted;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            if (trusted) {
                CertificateResult.Trusted decided =
                        backend.call(CertificateResult.Trusted.class, new CertificateRequest.ListTrust());
                answer(decided, lines(decided));
                return ExitStatus.DONE;
            }
            CertificateResult.Certificates found = backend.call(
                    CertificateResult.Certificates.class, new CertificateRequest.ListCertificates(address));
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
                            "chain: " + KebabCase.of(inspected.chain().status()) + "   revocation: "
                                    + KebabCase.of(inspected.chain().revocation())));
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

    @CommandLine.Command(
            name = "choices",
            description = "Lists the certificates that you chose to keep for addresses with several, or forgets one.")
    static final class Choices extends CallingCommand {
        @Option(names = "--forget", paramLabel = "ADDRESS", description = "Ask again which one to encrypt to.")
        @Nullable
        String forget;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            String address = forget;
            if (address != null) {
                return done(
                        backend.call(SessionResult.Done.class, new CertificateRequest.ForgetChoice(address)),
                        "You will be asked again which certificate of " + address + " to encrypt to.");
            }
            CertificateResult.Choices kept =
                    backend.call(CertificateResult.Choices.class, new CertificateRequest.ListChoices());
            answer(
                    kept,
                    kept.choices().stream()
                            .map(choice -> choice.address() + "  " + choice.sha256())
                            .toList());
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

    @CommandLine.Command(
            name = "trust",
            description = {
                "Trusts a CA, or one certificate, for e-mail.",
                "Shows you its fingerprint and asks: compare it with one you were told in another way."
            })
    static final class Trust extends CallingCommand {
        @Parameters(paramLabel = "FILE", description = "The certificate, PEM or DER.")
        Path file;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            return done(
                    backend.call(
                            SessionResult.Done.class, new CertificateRequest.AddTrust(content(backend, file), false)),
                    "It is trusted for e-mail from now on.");
        }
    }

    @CommandLine.Command(
            name = "distrust",
            description = "Never relies on a certificate or CA, also one of the operating system, after asking you.")
    static final class Distrust extends CallingCommand {
        @Parameters(paramLabel = "FILE", description = "The certificate, PEM or DER.")
        Path file;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            return done(
                    backend.call(
                            SessionResult.Done.class, new CertificateRequest.AddTrust(content(backend, file), true)),
                    "It is never relied on from now on.");
        }
    }

    @CommandLine.Command(name = "untrust", description = "Takes back what you decided with trust or distrust.")
    static final class Untrust extends CallingCommand {
        @Parameters(paramLabel = "SHA256", description = "As zegel cert list --trusted shows it.")
        String sha256;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            return done(
                    backend.call(SessionResult.Done.class, new CertificateRequest.RemoveTrust(sha256)),
                    "What you decided is taken back.");
        }
    }

    private static List<String> lines(CertificateResult.Trusted decided) {
        List<String> lines = new ArrayList<>();
        decided.certificates().forEach(each -> lines.add("trusted CA  " + line(each)));
        decided.pinned().forEach(each -> lines.add("trusted     " + line(each)));
        decided.distrusted().forEach(each -> lines.add("distrusted  " + line(each)));
        return lines.isEmpty() ? List.of("There are none.") : lines;
    }

    private static List<String> lines(CertificateResult.Certificates found) {
        if (found.certificates().isEmpty()) {
            return List.of("There are none.");
        }
        return found.certificates().stream().map(CertificateCommands::line).toList();
    }

    private static String line(CertificateSummary certificate) {
        return certificate.sha256() + "  " + VerdictWords.of(certificate);
    }
}
