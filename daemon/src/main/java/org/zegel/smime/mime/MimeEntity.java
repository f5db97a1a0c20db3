package org.zegel.smime.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.zegel.content.Content;
import org.zegel.model.EncodedWords;
import org.zegel.model.Finding;

/**
 * A message, an attached message or a body part, by its offsets in the scanned content.
 *
 * @param headerStart offset of the first header field (after an mbox line or byte order mark)
 * @param bodyStart offset of the body, after the empty line
 * @param end offset after the body; the line end before a boundary belongs to the boundary (RFC 2046 section 5.1.1)
 * @param children parts of a multipart, or the one message of a message/rfc822
 * @param crLf whether the first line of the header ended with CRLF
 * @param defects what is wrong with it; readers may see such a message differently
 */
public record MimeEntity(
        long headerStart,
        long bodyStart,
        long end,
        Header header,
        ContentType contentType,
        TransferEncoding encoding,
        List<MimeEntity> children,
        boolean crLf,
        List<Finding> defects) {

    public MimeEntity {
        children = List.copyOf(children);
        defects = List.copyOf(defects);
    }

    /** Header and body, as they are. */
    public Content whole(Content scanned) {
        return new ContentSlice(scanned, headerStart, end);
    }

    /** The body, as it is. */
    public Content body(Content scanned) {
        return new ContentSlice(scanned, bodyStart, end);
    }

    /** The body, transfer encoding undone. */
    public InputStream decodedBody(Content scanned) throws IOException {
        return encoding.decode(body(scanned).open());
    }

    /** Name of the attached file: Content-Disposition's filename, else Content-Type's name. */
    public Optional<String> fileName() {
        return header.disposition()
                .flatMap(disposition -> disposition.parameter("filename"))
                .or(() -> contentType.parameter("name"))
                .map(EncodedWords::decode);
    }
}
