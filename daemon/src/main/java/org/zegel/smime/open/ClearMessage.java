package org.zegel.smime.open;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.content.ContentJoiner;
import org.zegel.content.ContentWriter;
import org.zegel.content.Workspace;
import org.zegel.smime.headers.FieldNames;
import org.zegel.smime.headers.LegacyDisplay;
import org.zegel.smime.mime.Header;
import org.zegel.smime.mime.HeaderField;

/**
 * Puts the clear message together. Without header protection: the outer header without its Content-* fields, the clear
 * entity's Content-* fields, and its body byte for byte. With it (RFC 9788 section 4.5): of the outer header only what
 * servers add, then the protected fields, and the body without what repeats them. Header lines end like the clear
 * entity's.
 */
final class ClearMessage {
    private static final String CRLF = "\r\n";
    private static final String LF = "\n";
    /** Most bytes of texts that are encoded anew in memory. */
    private static final int MAX_ENCODED = 256 * 1024;

    private final Part outer;
    private final Part clear;
    private final @Nullable ProtectedFields guarded;
    private final LegacyCuts cuts;
    private final String lineEnd;

    ClearMessage(Part outer, Part clear, @Nullable ProtectedFields guarded, LegacyCuts cuts) {
        this.outer = outer;
        this.clear = clear;
        this.guarded = guarded;
        this.cuts = cuts;
        this.lineEnd = clear.entity().crLf()
                        || clear.entity().header().fields().isEmpty()
                                && outer.entity().crLf()
                ? CRLF
                : LF;
    }

    /**
     * Writes it.
     *
     * @param innerFrom whether the protected From is shown where the outer one names somebody else
     */
    Content write(boolean innerFrom, Workspace workspace, Meter meter) throws IOException {
        if (cuts.encodedBytes() <= MAX_ENCODED) {
            try (ContentJoiner joiner = workspace.join(clear.scanned())) {
                header(innerFrom, joiner);
                new ClearBody(clear, cuts, meter, joiner, joiner::range).write();
                return joiner.finish();
            }
        }
        try (ContentWriter writer = workspace.writer()) {
            header(innerFrom, writer);
            ClearBody.copying(clear, cuts, meter, writer).write();
            return writer.finish();
        }
    }

    private void header(boolean innerFrom, OutputStream out) throws IOException {
        if (guarded == null) {
            for (HeaderField field : outer.entity().header().fields()) {
                if (!field.isContentField()) {
                    put(ClearBody.text(outer, field), out);
                }
            }
        } else {
            guarded(guarded, innerFrom, out);
        }
        if (isWithoutVersion(outer) && (guarded == null || isWithoutVersion(clear))) {
            // Without it some programs take what was inside the layers for plain text.
            put("MIME-Version: 1.0", out);
        }
        for (HeaderField field : clear.entity().header().fields()) {
            if (field.isContentField()) {
                put(content(field), out);
            }
        }
        put("", out);
    }

    private static boolean isWithoutVersion(Part part) {
        return part.entity().header().first("MIME-Version").isEmpty();
    }

    private void guarded(ProtectedFields fields, boolean innerFrom, OutputStream out) throws IOException {
        Header outside = outer.entity().header();
        boolean outerFrom = !innerFrom && HeaderReport.otherSender(fields, outside);
        Map<String, Deque<HeaderField>> inside = new LinkedHashMap<>();
        fields.fields().stream()
                .filter(field -> !outerFrom || !field.is("From"))
                .forEach(field -> inside.computeIfAbsent(FieldNames.key(field.name()), key -> new ArrayDeque<>())
                        .add(field));
        if (isWithoutVersion(outer)) {
            clear.entity()
                    .header()
                    .first("MIME-Version")
                    .ifPresent(field -> inside.put("", new ArrayDeque<>(List.of(field))));
        }
        // Each where it stood outside, so that what was made here comes back as it was.
        for (HeaderField field : outside.fields()) {
            Deque<HeaderField> guarding = inside.get(FieldNames.key(field.name()));
            if (guarding != null && !guarding.isEmpty()) {
                put(ClearBody.text(clear, guarding.poll()), out);
            } else if (guarding == null && isShown(field)) {
                put(ClearBody.text(outer, field), out);
            }
        }
        for (Deque<HeaderField> rest : inside.values()) {
            for (HeaderField field : rest) {
                put(ClearBody.text(clear, field), out);
            }
        }
    }

    /** What of the outside is shown beside protected fields: traces of the way, and a sender where there is no other. */
    private static boolean isShown(HeaderField field) {
        return !field.isContentField()
                && !field.is(FieldNames.HP_OUTER)
                && (field.is("From") || !FieldNames.isInsideOnly(field.name()));
    }

    /** The clear message is no payload any more, so what speaks of one goes. */
    private String content(HeaderField field) throws IOException {
        String text = ClearBody.text(clear, field);
        return guarded != null && field.is("Content-Type")
                ? ClearBody.type(text, Set.of("hp", "protected-headers", LegacyDisplay.PARAMETER))
                : text;
    }

    /** A field as it was written, folding kept. */
    private void put(String field, OutputStream out) throws IOException {
        // Only its line end goes: white space before it is as the person wrote it.
        String text = field.replaceFirst("\r?\n\\z", "");
        for (String line : text.split("\r?\n", -1)) {
            out.write(line.getBytes(StandardCharsets.ISO_8859_1));
            out.write(lineEnd.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
