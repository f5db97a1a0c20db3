package org.zegel.app.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.protocol.SessionResult;

/** A client and its grant in words. Names and origins are the clients' own: they are made harmless to print. */
final class ClientWords {
    private ClientWords() {}

    /** One line for a list. */
    static String line(SessionResult.ClientInfo client) {
        String origin = client.origin() == null ? "" : " " + client.origin();
        String end = client.ended() ? ", ENDED" : client.expiresAt() == null ? "" : ", until " + client.expiresAt();
        return Words.printable(client.client() + "  " + client.name() + origin + " (" + client.door() + ", last used "
                + used(client.lastUsed()) + end + "): " + String.join(", ", client.scopes()) + "; asked "
                + asked(client.ask()));
    }

    /** All there is to tell. */
    static List<String> lines(SessionResult.ClientInfo client) {
        List<String> lines = new ArrayList<>();
        add(lines, "client", client.client());
        add(lines, "name", client.name());
        add(lines, "door", client.door());
        add(lines, "origin", client.origin());
        add(lines, "program", client.program());
        add(lines, "paired", client.pairedAt() + (client.approved() ? ", by your organisation's policy" : ""));
        add(lines, "last used", used(client.lastUsed()));
        add(lines, "may", String.join(", ", client.scopes()));
        add(lines, "identities", client.identities() == null ? "all" : String.join(", ", client.identities()));
        add(lines, "asked", asked(client.ask()));
        client.always().forEach(use -> add(lines, "never asked to", use.use() + " with " + use.identity()));
        add(
                lines,
                "until",
                client.expiresAt() == null ? "no end" : client.expiresAt().toString());
        if (client.ended()) {
            add(lines, "ended", "its time is over, or your organisation's policy ended it");
        }
        return lines;
    }

    private static void add(List<String> lines, String label, @Nullable String value) {
        if (value != null) {
            lines.add(Words.printable(String.format(java.util.Locale.ROOT, "%-15s %s", label, value)));
        }
    }

    private static String used(@Nullable Instant day) {
        return day == null ? "never" : LocalDate.ofInstant(day, ZoneOffset.UTC).toString();
    }

    private static String asked(String word) {
        return switch (word) {
            case "each-time" -> "each time";
            case "usual" -> "as usual";
            case "never" -> "never";
            default -> word.replace("minutes=", "once in ") + " minutes";
        };
    }
}
