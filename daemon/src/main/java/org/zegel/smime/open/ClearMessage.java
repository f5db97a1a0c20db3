package org.zegel.smime.open;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.zegel.content.Content;
import org.zegel.content.ContentWriter;
import org.zegel.content.Workspace;
import org.zegel.smime.mime.ContentSlice;
import org.zegel.smime.mime.Header;
import org.zegel.smime.mime.HeaderField;

/**
 * Puts the clear message together: the outer header without its Content-* fields, the clear entity's Content-* fields,
 * and its body byte for byte. Header lines end like the clear entity's.
 */
final class ClearMessage {
    private static final int BLOCK = 16 * 1024;
    private static final byte[] MIME_VERSION = "MIME-Version: 1.0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] LF = {'\n'};

    private ClearMessage() {}

    static Content of(Part outer, Part clear, Workspace workspace, Meter meter) throws IOException {
        byte[] lineEnd = clear.entity().crLf()
                        || clear.entity().header().fields().isEmpty()
                                && outer.entity().crLf()
                ? CRLF
                : LF;
        try (ContentWriter writer = workspace.writer()) {
            header(outer, false, lineEnd, writer);
            if (outer.entity().header().first("MIME-Version").isEmpty()) {
                // Without it some programs take what was inside the layers for plain text.
                writer.write(MIME_VERSION);
                writer.write(lineEnd);
            }
            header(clear, true, lineEnd, writer);
            writer.write(lineEnd);
            byte[] block = new byte[BLOCK];
            try (InputStream in =
                    meter.watch(clear.entity().body(clear.scanned()).open())) {
                for (int count = in.read(block); count >= 0; count = in.read(block)) {
                    writer.write(block, 0, count);
                }
            }
            return writer.finish();
        }
    }

    private static void header(Part part, boolean content, byte[] lineEnd, OutputStream out) throws IOException {
        Header header = part.entity().header();
        for (HeaderField field : header.fields()) {
            if (field.isContentField() == content) {
                out.write(field(part, field, lineEnd));
            }
        }
    }

    /** A field as it was written, folding kept. */
    private static byte[] field(Part part, HeaderField field, byte[] lineEnd) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes;
        try (InputStream in = new ContentSlice(part.scanned(), field.start(), field.end()).open()) {
            bytes = in.readAllBytes();
        }
        // Only its line end goes: white space before it is as the person wrote it.
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replaceFirst("\r?\n\\z", "");
        for (String line : text.split("\r?\n", -1)) {
            out.write(line.getBytes(StandardCharsets.ISO_8859_1));
            out.write(lineEnd);
        }
        return out.toByteArray();
    }
}
