package org.zegel.smime.make;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.zegel.content.Content;
import org.zegel.model.Progress;
import org.zegel.smime.mime.HeaderField;
import org.zegel.smime.mime.MimeEntity;

/** The header of the message that wraps: everything but what describes the body, in its order, and MIME-Version once. */
final class OuterHeader {
    private OuterHeader() {}

    /** Copies the fields; those named (in lower case) in {@code without} are left out. */
    static void write(Content message, MimeEntity root, Set<String> without, OutputStream out) throws IOException {
        boolean version = false;
        try (Cursor cursor = new Cursor(message, new Meter(Progress.NONE, message.size()))) {
            for (HeaderField field : root.header().fields()) {
                boolean isVersion = field.is("MIME-Version");
                boolean wanted = !field.isContentField() && without.stream().noneMatch(field::is);
                if (wanted && !(isVersion && version)) {
                    EntityWriter.copyField(cursor, field, out);
                }
                version |= isVersion;
            }
        }
        if (!version) {
            line(out, "MIME-Version: 1.0");
        }
    }

    /** Writes lines of ASCII, each ended by CRLF. */
    static void line(OutputStream out, String... lines) throws IOException {
        for (String line : lines) {
            out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }
}
