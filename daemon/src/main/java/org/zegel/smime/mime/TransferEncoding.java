package org.zegel.smime.mime;

import java.io.InputStream;
import java.util.Locale;

/** Content-Transfer-Encoding (RFC 2045 section 6). */
public enum TransferEncoding {
    SEVEN_BIT("7bit"),
    EIGHT_BIT("8bit"),
    BINARY("binary"),
    QUOTED_PRINTABLE("quoted-printable"),
    BASE64("base64"),
    /** Declared, but none of RFC 2045: the bytes are left as they are. */
    UNKNOWN("");

    private final String text;

    TransferEncoding(String text) {
        this.text = text;
    }

    /** As it is written in a header field. */
    public String text() {
        return text;
    }

    /** Whether the body is the data itself. */
    public boolean isIdentity() {
        return this != QUOTED_PRINTABLE && this != BASE64;
    }

    /** The decoded bytes; junk in the encoded form is skipped. Reads in blocks. */
    public InputStream decode(InputStream encoded) {
        return switch (this) {
            case BASE64 -> new Base64Decoder(encoded);
            case QUOTED_PRINTABLE -> new QuotedPrintableDecoder(encoded);
            case SEVEN_BIT, EIGHT_BIT, BINARY, UNKNOWN -> encoded;
        };
    }

    /** What a header declares; 7bit where it declares nothing. */
    static TransferEncoding of(Header header) {
        return header.first("Content-Transfer-Encoding")
                .map(field -> named(ParameterizedValue.parse(field.value()).value()))
                .orElse(SEVEN_BIT);
    }

    private static TransferEncoding named(String value) {
        for (TransferEncoding encoding : values()) {
            if (encoding.text.equals(value.toLowerCase(Locale.ROOT)) && encoding != UNKNOWN) {
                return encoding;
            }
        }
        return UNKNOWN;
    }
}
