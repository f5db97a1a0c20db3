package org.zegel.audit;

import org.jspecify.annotations.Nullable;

/** An entry as one line of text. The hash is at the end, where no text of a client's can stand for it. */
final class AuditText {
    private final StringBuilder line = new StringBuilder(400);

    private AuditText() {}

    /** Without the subject, which stays in the person's own database. */
    static String of(AuditEntry entry) {
        AuditEvent event = entry.event();
        AuditText text = new AuditText();
        text.line.append("line ").append(entry.number()).append(" at ").append(entry.at());
        text.word("client", event.client());
        text.quoted("name", event.clientName());
        text.word("operation", event.operation());
        text.word("identity", event.identity());
        text.word("certificate", event.certificate());
        text.word("digest-algorithm", event.digestAlgorithm());
        text.word("digest", event.digest());
        text.word("outcome", event.outcome());
        text.quoted("detail", event.detail());
        text.word("hash", entry.hash());
        return text.line.toString();
    }

    private void word(String name, @Nullable String value) {
        if (value != null) {
            line.append(' ').append(name).append('=').append(value.replaceAll("[^!-~]", "?"));
        }
    }

    private void quoted(String name, @Nullable String value) {
        if (value != null) {
            String safe =
                    value.replaceAll("\\p{Cntrl}", "?").replace("\\", "\\\\").replace("\"", "\\\"");
            line.append(' ').append(name).append("=\"").append(safe).append('"');
        }
    }
}
