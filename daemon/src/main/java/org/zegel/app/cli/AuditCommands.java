package org.zegel.app.cli;

import java.util.List;
import org.zegel.app.client.Backend;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code zegel audit …}: the log of key uses. */
@CommandLine.Command(
        name = "audit",
        description = "The log of every use of a key.",
        subcommands = {AuditCommands.ListAll.class, AuditCommands.Verify.class})
final class AuditCommands extends CommandGroup {
    @CommandLine.Command(name = "list", description = "Lists the newest uses of keys.")
    static final class ListAll extends CallingCommand {
        @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many; default 50.")
        int limit;

        @Override
        int run(Backend backend) throws CommandError, RequestError {
            SessionResult.Audit audit = backend.call(SessionResult.Audit.class, new SessionRequest.ListAudit(limit));
            answer(
                    audit,
                    audit.entries().isEmpty()
                            ? List.of("No key was used yet.")
                            : audit.entries().stream().map(ListAll::line).toList());
            return ExitStatus.DONE;
        }

        private static String line(SessionResult.AuditEntry entry) {
            String identity = entry.identity() == null ? "" : " " + entry.identity();
            return entry.number() + "  " + entry.at() + "  " + entry.operation() + identity + " for " + entry.client()
                    + ": " + entry.outcome();
        }
    }

    @CommandLine.Command(name = "verify", description = "Checks that no line of the log was changed or removed.")
    static final class Verify extends CallingCommand {
        @Override
        int run(Backend backend) throws CommandError, RequestError {
            SessionResult.AuditCheck check =
                    backend.call(SessionResult.AuditCheck.class, new SessionRequest.VerifyAudit());
            answer(
                    check,
                    List.of(
                            check.whole()
                                    ? "The log is whole: " + check.entries() + " entries."
                                    : "The log was changed, from entry " + check.firstBroken() + " on."));
            return check.whole() ? ExitStatus.DONE : ExitStatus.ANSWER_IS_NO;
        }
    }
}
