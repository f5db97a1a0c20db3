package org.zegel.app.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.zegel.model.DisplayText;
import org.zegel.protocol.SessionResult;

/** Lines of the audit log for people, in columns. */
final class AuditLines {
    /** Of hashes and ids: enough to tell them apart. JSON has all of them. */
    private static final int SHORT = 16;

    private static final int MAX_NAME = 22;

    private final DateTimeFormatter times;

    AuditLines(ZoneId zone) {
        times = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    String line(SessionResult.AuditEntry entry) {
        String name = entry.clientName() == null ? entry.client() : entry.clientName();
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%6d  %s  %-" + MAX_NAME + "s  %-20s  %-16s",
                entry.number(),
                times.format(entry.at()),
                DisplayText.of(name, MAX_NAME - 1),
                entry.operation(),
                entry.outcome()));
        add(line, "key", shorter(entry.identity()));
        add(line, "certificate", entry.identity() == null ? shorter(entry.certificate()) : null);
        add(line, entry.digestAlgorithm() == null ? "digest" : entry.digestAlgorithm(), shorter(entry.digest()));
        add(line, "-", entry.detail());
        add(line, "subject", entry.subject());
        return line.toString().stripTrailing();
    }

    static String whole(SessionResult.AuditCheck check) {
        return check.newest() == 0
                ? "The log is whole: nothing has been written yet."
                : "The log is whole: " + check.entries() + " lines, the newest is " + check.newest() + " with the hash "
                        + check.hash() + "."
                        + (check.absent() == 0
                                ? ""
                                : " " + check.absent()
                                        + " older ones were taken out, as a line of it says, and are not here.");
    }

    static String broken(SessionResult.AuditCheck check) {
        return "The log was changed: line " + check.firstBroken()
                + " is not as it was written, or is missing. Nothing from there on is certain.";
    }

    private static void add(StringBuilder line, String label, @Nullable String value) {
        if (value != null) {
            line.append("  ").append(label).append(' ').append(DisplayText.of(value));
        }
    }

    private static @Nullable String shorter(@Nullable String hex) {
        return hex == null || hex.length() <= SHORT ? hex : hex.substring(0, SHORT);
    }
}
