package org.zegel.smime.make;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.zegel.content.Content;
import org.zegel.model.HeaderPolicy;
import org.zegel.model.Progress;
import org.zegel.smime.headers.Confidentiality;
import org.zegel.smime.headers.FieldNames;
import org.zegel.smime.mime.HeaderField;
import org.zegel.smime.mime.MimeEntity;

/**
 * The header of the message that wraps: everything but what describes the body, in its order, byte for byte but for what
 * a policy hides, and MIME-Version once. Bcc is in no output.
 */
final class OuterHeader {
    private OuterHeader() {}

    /** Copies the fields. HP-Outer has no meaning outside and is left out. */
    static void write(Content message, MimeEntity root, HeaderPolicy policy, OutputStream out) throws IOException {
        boolean version = false;
        try (Cursor cursor = new Cursor(message, new Meter(Progress.NONE, message.size()))) {
            for (HeaderField field : root.header().fields()) {
                boolean isVersion = field.is("MIME-Version");
                if (isSent(field) && !(isVersion && version)) {
                    write(field, Confidentiality.of(policy, field), cursor, out);
                }
                version |= isVersion;
            }
        }
        if (!version) {
            line(out, "MIME-Version: 1.0");
        }
    }

    private static boolean isSent(HeaderField field) {
        return !field.isContentField()
                && !field.is(FieldNames.HP_OUTER)
                && !FieldNames.NEVER_SENT.contains(FieldNames.key(field.name()));
    }

    private static void write(HeaderField field, Confidentiality shown, Cursor cursor, OutputStream out)
            throws IOException {
        switch (shown) {
            case Confidentiality.Same() -> EntityWriter.copyField(cursor, field, out);
            case Confidentiality.Instead(String value) -> line(out, field.name() + ": " + value);
            case Confidentiality.Absent() -> {
                // Only inside.
            }
        }
    }

    /** Writes lines of ASCII, each ended by CRLF. */
    static void line(OutputStream out, String... lines) throws IOException {
        for (String line : lines) {
            out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }
}
