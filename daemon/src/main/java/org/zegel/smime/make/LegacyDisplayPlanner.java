package org.zegel.smime.make;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.zegel.content.Content;
import org.zegel.smime.headers.LegacyDisplay;
import org.zegel.smime.headers.MainBodies;
import org.zegel.smime.headers.TextCharset;
import org.zegel.smime.make.BodyChange.Insertion;
import org.zegel.smime.make.ProtectedHeader.LegacyLine;
import org.zegel.smime.mime.BodySurvey;
import org.zegel.smime.mime.MimeEntity;
import org.zegel.smime.mime.TransferEncoding;

/** Plans legacy display elements (RFC 9788 section 5.2.2) for the main bodies of a message. */
final class LegacyDisplayPlanner {
    private final Content message;
    private final List<LegacyLine> lines;
    private final Map<MimeEntity, BodyChange> changes;

    LegacyDisplayPlanner(Content message, List<LegacyLine> lines, Map<MimeEntity, BodyChange> changes) {
        this.message = message;
        this.lines = lines;
        this.changes = changes;
    }

    void plan(MimeEntity root) throws IOException {
        for (MimeEntity body : MainBodies.of(root)) {
            Optional<Charset> charset = TextCharset.of(body);
            // Into what is not ASCII at heart, or of an unknown encoding, it cannot be put safely.
            if (charset.isPresent() && body.encoding() != TransferEncoding.UNKNOWN) {
                BodyChange planned = changes.getOrDefault(body, BodyChange.NONE);
                changes.put(body, MainBodies.isHtml(body) ? html(body, planned) : plain(body, planned, charset.get()));
            }
        }
    }

    private BodyChange html(MimeEntity body, BodyChange planned) throws IOException {
        byte[] start;
        try (InputStream in = body.decodedBody(message)) {
            start = in.readNBytes(LegacyDisplay.REACH);
        }
        String element = LegacyDisplay.html(lines.stream().map(LegacyLine::text).toList());
        return inserted(body, planned, LegacyDisplay.htmlStart(start), element.getBytes(StandardCharsets.US_ASCII));
    }

    private BodyChange plain(MimeEntity body, BodyChange planned, Charset declared) throws IOException {
        String text = LegacyDisplay.plain(lines.stream().map(LegacyLine::text).toList());
        boolean ascii = TextCharset.isAscii(text);
        boolean widens = !ascii && declared.equals(StandardCharsets.US_ASCII) && isAscii(body);
        Charset charset = widens ? StandardCharsets.UTF_8 : declared;
        if (!charset.newEncoder().canEncode(text)) {
            text = LegacyDisplay.plain(lines.stream().map(LegacyLine::encoded).toList());
            ascii = TextCharset.isAscii(text);
            if (!ascii) {
                return planned;
            }
        }
        BodyChange change = widens ? planned.with("charset", "utf-8") : planned;
        if (!ascii && !change.reencode() && body.encoding() != TransferEncoding.EIGHT_BIT) {
            change = change.encodedAs(
                    body.encoding().isIdentity() ? TransferEncoding.QUOTED_PRINTABLE : body.encoding());
        }
        return inserted(body, change, 0, text.getBytes(charset));
    }

    private boolean isAscii(MimeEntity body) throws IOException {
        try (InputStream in = body.decodedBody(message)) {
            return !BodySurvey.of(in).eightBit();
        }
    }

    private static BodyChange inserted(MimeEntity body, BodyChange change, int offset, byte[] bytes) {
        BodyChange coded =
                change.reencode() || body.encoding().isIdentity() ? change : change.encodedAs(body.encoding());
        return coded.with(LegacyDisplay.PARAMETER, "1").with(new Insertion(offset, bytes));
    }
}
