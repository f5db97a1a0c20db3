package org.zegel.smime.open;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.zegel.content.Content;
import org.zegel.smime.ber.CmsBytes;
import org.zegel.smime.mime.MimeEntity;
import org.zegel.smime.mime.TransferEncoding;

/**
 * A MIME entity together with the content that its offsets refer to.
 *
 * @param root the message as it was received
 */
record Part(Content scanned, MimeEntity entity, boolean root) {
    private static final int BLOCK = 8 * 1024;

    Part child(int index) {
        return new Part(scanned, entity.children().get(index), false);
    }

    /** The body as CMS, transfer encoding undone; base64 that is not declared as such is recognised. */
    CmsBytes cms(Meter meter) throws IOException {
        boolean undeclared = entity.encoding().isIdentity() && startsLikeBase64();
        Content body = entity.body(scanned);
        TransferEncoding encoding = undeclared ? TransferEncoding.BASE64 : entity.encoding();
        return new CmsBytes() {
            @Override
            public InputStream open() throws IOException {
                return encoding.decode(new BufferedInputStream(meter.watch(body.open()), BLOCK));
            }

            @Override
            public long bound() {
                return body.size();
            }
        };
    }

    /** Whether these are the first bytes of the body, as it is. */
    boolean begins(byte[] expected) throws IOException {
        try (InputStream in = entity.body(scanned).open()) {
            return Arrays.equals(in.readNBytes(expected.length), expected);
        }
    }

    /** DER of a SEQUENCE begins with 0x30, whose base64 begins with M. */
    private boolean startsLikeBase64() throws IOException {
        try (InputStream in = entity.body(scanned).open()) {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                if (octet != '\r' && octet != '\n' && octet != ' ' && octet != '\t') {
                    return octet == 'M';
                }
            }
            return false;
        }
    }
}
