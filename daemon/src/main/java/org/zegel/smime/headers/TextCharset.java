package org.zegel.smime.headers;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.zegel.smime.mime.MimeEntity;

/** The character set of a text part, where ASCII text can be found in it and put into it byte for byte. */
public final class TextCharset {
    private static final String PROBE = "Subject: <div class=\"x\"></div>\r\n";

    private TextCharset() {}

    /** Empty for those of another kind, such as UTF-16, and unknown ones; US-ASCII where none is declared. */
    public static Optional<Charset> of(MimeEntity text) {
        String name = text.contentType().parameter("charset").orElse("us-ascii");
        try {
            Charset charset = Charset.forName(name);
            boolean fits = charset.canEncode()
                    && new String(PROBE.getBytes(StandardCharsets.US_ASCII), charset).equals(PROBE)
                    && !charset.name().startsWith("ISO-2022")
                    && !charset.name().equals("UTF-7");
            return fits ? Optional.of(charset) : Optional.empty();
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    public static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
