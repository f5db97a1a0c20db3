package org.zegel.app.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.app.client.Backend;
import org.zegel.protocol.JsonCodec;
import org.zegel.protocol.RequestError;
import org.zegel.protocol.SessionRequest;
import org.zegel.protocol.SessionResult;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code zegel audit}: the log of what was done in the person's name. */
@CommandLine.Command(
        name = "audit",
        description = "Shows the log of every use of a key, every pairing and every change of trust, the newest first.")
final class AuditCommand extends CallingCommand {
    /** Lines that one call asks for. */
    static final int PAGE = 1000;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "Only lines from then on: 2026-03-01, 2026-03-01T10:00:00Z, or 30m, 12h, 2d ago.")
    @Nullable
    String since;

    @Option(names = "--until", paramLabel = "WHEN", description = "Only lines from before then, written the same way.")
    @Nullable
    String until;

    @Option(
            names = "--client",
            paramLabel = "ID",
            description = "Only lines of this client; zegel client list has ids.")
    @Nullable
    String client;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many; 0: all of them.")
    int limit;

    @Option(
            names = "--verify",
            description = "Checks instead that no line was changed or removed; exit status 1 if one was.")
    boolean verify;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "With --verify: also compares with the copies of lines in FILE, such as"
                    + " journalctl -t zegel-audit -o cat writes.")
    @Nullable
    Path against;

    @Override
    int run(Backend backend) throws CommandError, RequestError {
        if (against != null && !verify) {
            throw new CommandError("usage", "--against goes with --verify.");
        }
        return verify ? verify(backend) : list(backend);
    }

    private int list(Backend backend) throws CommandError, RequestError {
        PastMoments moments = new PastMoments(Clock.systemUTC(), ZoneId.systemDefault());
        Instant from = moments.parse("--since", since);
        Instant to = moments.parse("--until", until);
        if (limit < 0) {
            throw new CommandError("usage", "--limit must not be negative.");
        }
        AuditLines lines = new AuditLines(ZoneId.systemDefault());
        long left = limit == 0 ? Long.MAX_VALUE : limit;
        Long before = null;
        boolean more = true;
        while (more) {
            int wanted = (int) Math.min(left, PAGE);
            List<SessionResult.AuditEntry> page = backend.call(
                            SessionResult.Audit.class, new SessionRequest.ListAudit(from, to, client, before, wanted))
                    .entries();
            page.forEach(entry -> StandardOutput.line(print.json ? JsonCodec.toJson(entry) : lines.line(entry)));
            left -= page.size();
            more = left > 0 && page.size() == wanted;
            if (before == null && page.isEmpty() && !print.json) {
                words.line("There is nothing of that in the log.");
            }
            before = page.isEmpty() ? before : Long.valueOf(page.getLast().number());
        }
        return ExitStatus.DONE;
    }

    private int verify(Backend backend) throws CommandError, RequestError {
        AuditCopies copies = against == null ? null : AuditCopies.read(against);
        SessionResult.AuditCheck check = backend.call(SessionResult.AuditCheck.class, new SessionRequest.VerifyAudit());
        answer(check, List.of(check.whole() ? AuditLines.whole(check) : AuditLines.broken(check)));
        Long different = copies == null ? null : copies.firstDifference(backend);
        if (different != null) {
            words.line("The log was written anew or cut off: line " + different + " is not the one in the copies.");
            return ExitStatus.ANSWER_IS_NO;
        }
        if (copies != null) {
            words.line("It agrees with " + copies.size() + " copies of its lines.");
        }
        return check.whole() ? ExitStatus.DONE : ExitStatus.ANSWER_IS_NO;
    }
}
