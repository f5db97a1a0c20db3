package org.zegel.app.cli;

import picocli.CommandLine;

/** {@code zegel}: the root of all commands. */
@CommandLine.Command(
        name = "zegel",
        description = "Signs, encrypts, decrypts and verifies whole e-mails with S/MIME, on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Messages come from FILE or stdin; results go to stdout, words to stderr.",
            "Exit status: 0 done, 1 the answer is no, 2 usage, 3 failed.",
            "ZEGEL_HOME moves everything Zegel keeps; ZEGEL_JAVA_OPTIONS reaches the JVM."
        },
        subcommands = {
            DemoCommand.class,
            DemoDaemonCommand.class,
            TrainCommand.class,
            BenchCommand.class,
            BenchDaemonCommand.class,
            SignCommand.class,
            EncryptCommand.class,
            OpenCommand.class,
            InspectCommand.class,
            StoreCommands.class,
            IdentityCommands.class,
            TokenCommands.class,
            CertificateCommands.class,
            ClientCommands.class,
            AuditCommand.class,
            NativeHostCommand.class,
            DaemonCommand.class,
            DoctorCommand.class,
            VersionCommand.class,
            CompletionCommand.class
        })
final class ZegelCommand extends CommandGroup {}
