package org.zegel.smime.make;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.zegel.content.Content;
import org.zegel.model.Progress;
import org.zegel.smime.mime.Base64Lines;
import org.zegel.smime.mime.CanonicalLineEnds;
import org.zegel.smime.mime.HeaderField;
import org.zegel.smime.mime.MimeEntity;
import org.zegel.smime.mime.ParameterEdit;
import org.zegel.smime.mime.QuotedPrintableLines;
import org.zegel.smime.mime.TransferEncoding;

/** Writes the parts of a message anew: header fields and bodies in canonical form, with the planned changes. */
final class EntityWriter implements AutoCloseable {
    private final Cursor cursor;
    private final Map<MimeEntity, BodyChange> changes;
    private final OutputStream out;

    EntityWriter(Content content, Map<MimeEntity, BodyChange> changes, Progress progress, OutputStream out)
            throws IOException {
        this.cursor = new Cursor(content, new Meter(progress, content.size()));
        this.changes = changes;
        this.out = out;
    }

    /**
     * Writes the outermost entity as what is signed or encrypted: header fields it protects, in canonical form, its own
     * Content-* fields, an empty line, its body.
     */
    void inner(MimeEntity root, byte[] protectedFields) throws IOException {
        BodyChange change = change(root);
        out.write(protectedFields);
        fields(root, change, field -> field.isContentField() && keeps(change, field));
        separate(root, change);
        body(root, change);
    }

    @Override
    public void close() throws IOException {
        cursor.close();
    }

    private void entity(MimeEntity entity) throws IOException {
        if (!isTouched(entity)) {
            canonical(entity.headerStart(), entity.end());
            return;
        }
        BodyChange change = change(entity);
        fields(entity, change, field -> keeps(change, field));
        separate(entity, change);
        body(entity, change);
    }

    private boolean isTouched(MimeEntity entity) {
        return changes.containsKey(entity) || entity.children().stream().anyMatch(this::isTouched);
    }

    private BodyChange change(MimeEntity entity) {
        return changes.getOrDefault(entity, BodyChange.NONE);
    }

    private static boolean keeps(BodyChange change, HeaderField field) {
        return change.encoding() == null || !field.is("Content-Transfer-Encoding");
    }

    private void fields(MimeEntity entity, BodyChange change, Predicate<HeaderField> wanted) throws IOException {
        boolean typed = false;
        for (HeaderField field : entity.header().fields()) {
            boolean type =
                    !typed && field.is("Content-Type") && !change.parameters().isEmpty();
            if (type && wanted.test(field)) {
                withParameters(field, change);
                typed = true;
            } else if (wanted.test(field)) {
                copyField(cursor, field, out);
            }
        }
    }

    private void withParameters(HeaderField field, BodyChange change) throws IOException {
        String text = new String(cursor.range(field.start(), field.end()).readAllBytes(), StandardCharsets.ISO_8859_1);
        String edited = ParameterEdit.apply(text.stripTrailing(), change.parameters(), Set.of());
        byte[] bytes = (edited + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        try (CanonicalLineEnds lines = new CanonicalLineEnds(out)) {
            lines.write(bytes, 0, bytes.length);
        }
    }

    /** Copies one header field in canonical form, its line end added where the message ended before it. */
    static void copyField(Cursor cursor, HeaderField field, OutputStream out) throws IOException {
        byte[] bytes = cursor.range(field.start(), field.end()).readAllBytes();
        try (CanonicalLineEnds lines = new CanonicalLineEnds(out)) {
            lines.write(bytes, 0, bytes.length);
            if (bytes[bytes.length - 1] != '\n') {
                lines.write('\n');
            }
        }
    }

    /** New header fields and the empty line. */
    private void separate(MimeEntity entity, BodyChange change) throws IOException {
        StringBuilder added = new StringBuilder();
        boolean typed = entity.header().first("Content-Type").isPresent();
        String type = change.addedType() == null ? "text/plain" : change.addedType();
        if (!typed && (change.addedType() != null || !change.parameters().isEmpty())) {
            added.append("Content-Type: ")
                    .append(ParameterEdit.apply(type, change.parameters(), Set.of()))
                    .append("\r\n");
        }
        if (change.encoding() != null) {
            added.append("Content-Transfer-Encoding: ")
                    .append(change.encoding().text())
                    .append("\r\n");
        }
        out.write(added.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    }

    private void body(MimeEntity entity, BodyChange change) throws IOException {
        if (!entity.children().isEmpty()) {
            long at = entity.bodyStart();
            for (MimeEntity child : entity.children()) {
                canonical(at, child.headerStart());
                entity(child);
                at = child.end();
            }
            canonical(at, entity.end());
        } else if (change.reencode()) {
            reencode(entity, change);
        } else {
            long at = entity.bodyStart();
            BodyChange.Insertion insertion = change.insertion();
            if (insertion != null) {
                at = Math.min(at + insertion.offset(), entity.end());
                plain(entity.bodyStart(), at, change);
                out.write(insertion.bytes());
            }
            plain(at, entity.end(), change);
        }
    }

    private void plain(long start, long end, BodyChange change) throws IOException {
        if (change.verbatim()) {
            copy(cursor.range(start, end), out);
        } else {
            canonical(start, end);
        }
    }

    private void reencode(MimeEntity entity, BodyChange change) throws IOException {
        InputStream data = entity.encoding().decode(cursor.range(entity.bodyStart(), entity.end()));
        boolean base64 = change.encoding() == TransferEncoding.BASE64;
        try (OutputStream encoder = base64 ? new Base64Lines(out) : new QuotedPrintableLines(out)) {
            BodyChange.Insertion insertion = change.insertion();
            if (insertion != null) {
                data(new ByteArrayInputStream(data.readNBytes(insertion.offset())), change, encoder);
                encoder.write(insertion.bytes());
            }
            data(data, change, encoder);
        }
    }

    private static void data(InputStream data, BodyChange change, OutputStream encoder) throws IOException {
        if (change.verbatim()) {
            copy(data, encoder);
            return;
        }
        try (CanonicalLineEnds lines = new CanonicalLineEnds(encoder)) {
            copy(data, lines);
        }
    }

    private void canonical(long start, long end) throws IOException {
        try (CanonicalLineEnds lines = new CanonicalLineEnds(out)) {
            copy(cursor.range(start, end), lines);
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] block = new byte[Meter.BLOCK];
        int read;
        while ((read = in.read(block, 0, block.length)) >= 0) {
            out.write(block, 0, read);
        }
    }
}
