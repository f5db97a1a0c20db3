package org.zegel.smime.decrypt;

import java.io.IOException;
import java.io.InputStream;
import org.zegel.content.Content;
import org.zegel.smime.ber.CmsBytes;
import org.zegel.smime.ber.ContentInfoReader;
import org.zegel.smime.ber.Malformed;

/**
 * Tells a MIME entity from the noise that a wrong key makes: no control characters before its body. A cipher without
 * authentication takes one wrong key in 256 for the right one, and its noise must not be shown as a message, nor
 * keep the next key from being tried.
 */
final class BeginsWithText {
    private static final int LOOKED_AT = 512;
    private static final int DELETE = 0x7f;

    private BeginsWithText() {}

    static boolean test(Content content) throws IOException {
        byte[] start;
        try (InputStream in = content.open()) {
            start = in.readNBytes(LOOKED_AT);
        }
        return isCms(content) || isText(start);
    }

    /** Some senders put CMS into CMS with no MIME between. */
    private static boolean isCms(Content content) throws IOException {
        try {
            ContentInfoReader.enter(CmsBytes.of(content).reader());
            return true;
        } catch (Malformed notCms) {
            return false;
        }
    }

    private static boolean isText(byte[] start) {
        int lineLength = 0;
        for (byte octet : start) {
            if (octet == '\n') {
                if (lineLength == 0) {
                    return true;
                }
                lineLength = 0;
            } else if (octet != '\r') {
                if (isControl(octet)) {
                    return false;
                }
                lineLength++;
            }
        }
        return true;
    }

    /** Tabs, form feeds and the escapes of ISO-2022 occur in text. */
    private static boolean isControl(byte octet) {
        return octet >= 0 && octet < ' ' && octet != '\t' && octet != '\f' && octet != 0x1b || octet == DELETE;
    }
}
