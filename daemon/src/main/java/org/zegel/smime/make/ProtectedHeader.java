package org.zegel.smime.make;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.zegel.content.Content;
import org.zegel.model.Failure;
import org.zegel.model.Progress;
import org.zegel.smime.HeaderProtection;
import org.zegel.smime.headers.Confidentiality;
import org.zegel.smime.headers.FieldNames;
import org.zegel.smime.mime.ContentType;
import org.zegel.smime.mime.HeaderField;
import org.zegel.smime.mime.MimeEntity;
import org.zegel.smime.mime.MimeLimits;

/**
 * The header fields that go into the payload (RFC 9788 section 5.2.1): copies of the message's own, and HP-Outer fields
 * that tell what the outside shows. Where the message is signed or encrypted already, its payload is further in and out
 * of reach, so there are none and the outside stays.
 *
 * @param fields in canonical form, empty when there are none
 * @param displayed the lines of a legacy display element, as text
 * @param active whether there is protection
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record ProtectedHeader(byte[] fields, List<LegacyLine> displayed, boolean active) {
    private static final ProtectedHeader NONE = new ProtectedHeader(new byte[0], List.of(), false);

    /** Each is there twice when the message is read: itself and HP-Outer. */
    private static final int MAX_FIELDS = MimeLimits.MAX_HEADER_FIELDS / 2 - 100;

    private static final List<String> CMS_FILES = List.of(".p7m", ".p7s", ".p7c", ".p7z");

    private static final long MAX_BYTES = MimeLimits.MAX_HEADER_BYTES / 4;

    /** A field of a legacy display element: decoded, and as it is written. */
    record LegacyLine(String text, String encoded) {}

    /**
     * Plans what goes inside; the payload's {@code hp} parameter joins the changes.
     *
     * @param clear whether it will travel in clear, in a detached signature
     */
    static ProtectedHeader plan(
            Content message,
            MimeEntity root,
            HeaderProtection protection,
            boolean clear,
            Map<MimeEntity, BodyChange> changes)
            throws IOException, Failure {
        if (!protection.copiesInside() || isClosed(root)) {
            return NONE;
        }
        List<HeaderField> wanted = root.header().fields().stream()
                .filter(FieldNames::isProtectable)
                .toList();
        checkSize(wanted);
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        ByteArrayOutputStream outer = new ByteArrayOutputStream();
        List<LegacyLine> displayed = new ArrayList<>();
        try (Cursor cursor = new Cursor(message, new Meter(Progress.NONE, message.size()))) {
            for (HeaderField field : wanted) {
                String written = tidy(cursor.range(field.start(), field.end()).readAllBytes(), clear);
                String text = clear && EncodedText.isNeeded(field) ? EncodedText.of(field) : written;
                put(inside, text);
                Confidentiality shown = Confidentiality.of(protection.policy(), field);
                put(outer, outside(shown, field, text));
                if (!(shown instanceof Confidentiality.Same) && FieldNames.isUserFacing(field.name())) {
                    displayed.add(
                            new LegacyLine(field.name() + ": " + field.decoded(), field.name() + ": " + field.value()));
                }
            }
        }
        if (protection.encrypts()) {
            inside.writeBytes(outer.toByteArray());
        }
        changes.merge(
                root,
                BodyChange.NONE.with("hp", protection.encrypts() ? "cipher" : "clear"),
                (planned, added) -> planned.with("hp", protection.encrypts() ? "cipher" : "clear"));
        return new ProtectedHeader(
                inside.toByteArray(), protection.legacyDisplay() ? List.copyOf(displayed) : List.of(), true);
    }

    /** Whether the body is a signed or encrypted entity, whose own payload cannot be changed. */
    static boolean isClosed(MimeEntity root) {
        ContentType type = root.contentType();
        return type.is("multipart/signed")
                || type.is("multipart/encrypted")
                || type.is("application/pkcs7-mime")
                || type.is("application/x-pkcs7-mime")
                || type.type().equals("application")
                        && root.fileName()
                                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                                .filter(name -> CMS_FILES.stream().anyMatch(name::endsWith))
                                .isPresent();
    }

    private static void checkSize(List<HeaderField> wanted) throws Failure {
        long bytes =
                wanted.stream().mapToLong(field -> field.end() - field.start()).sum();
        if (wanted.size() > MAX_FIELDS || bytes > MAX_BYTES) {
            throw new Failure(
                    Failure.Kind.MESSAGE_MALFORMED,
                    "The message has too many or too long header fields to protect them all. Leave some out.");
        }
    }

    private static String outside(Confidentiality shown, HeaderField field, String text) {
        return switch (shown) {
            case Confidentiality.Same() -> FieldNames.HP_OUTER + ": " + text;
            case Confidentiality.Instead(String value) ->
                FieldNames.HP_OUTER + ": " + field.name() + ": " + value + "\r\n";
            case Confidentiality.Absent() -> "";
        };
    }

    /**
     * The field with CRLF after each line, in a clear signature without white space there, which servers take away, and
     * without bare carriage returns. A line of white space alone would end the header for many readers.
     */
    private static String tidy(byte[] field, boolean clear) {
        StringBuilder out = new StringBuilder(field.length + 2);
        for (String line : new String(field, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            String kept = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (!kept.isBlank()) {
                out.append((clear ? kept.stripTrailing() : kept).replace('\r', ' '))
                        .append("\r\n");
            }
        }
        return out.toString();
    }

    private static void put(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Puts legacy display elements into the main bodies, where the policy hides something that people read. */
    void display(Content message, MimeEntity root, Map<MimeEntity, BodyChange> changes) throws IOException {
        if (!displayed.isEmpty()) {
            new LegacyDisplayPlanner(message, displayed, changes).plan(root);
        }
    }
}
