package org.zegel.smime.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.zegel.content.Content;
import org.zegel.smime.mime.CanonicalLineEnds;

/** How the line ends of content are taken while it is read. Mail servers change them; nothing else may change. */
enum LineEnds {
    AS_THEY_ARE,
    /** CRLF everywhere: what S/MIME signs (RFC 8551 section 3.1.1). */
    CANONICAL,
    /** LF everywhere: what careless signers sign. */
    BARE;

    private static final int BLOCK = 16 * 1024;

    /** Reads the content into the sink, in blocks; the sink stays open. */
    void copy(Content content, OutputStream sink) throws IOException {
        OutputStream out = over(sink);
        byte[] block = new byte[BLOCK];
        try (InputStream in = content.open()) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                out.write(block, 0, count);
            }
        }
        out.flush();
    }

    private OutputStream over(OutputStream sink) {
        return switch (this) {
            case AS_THEY_ARE -> sink;
            case CANONICAL -> new CanonicalLineEnds(sink);
            case BARE -> new BareLineEnds(sink);
        };
    }
}
