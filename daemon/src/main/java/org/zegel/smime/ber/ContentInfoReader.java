package org.zegel.smime.ber;

import java.io.IOException;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.zegel.model.Finding;

/** Small readers that all CMS types share (RFC 5652 section 3). */
public final class ContentInfoReader {
    private static final int MAX_OBJECT_IDENTIFIER = 256;

    private ContentInfoReader() {}

    /**
     * Reads a ContentInfo, or an EncapsulatedContentInfo, up to its content and enters it: the next header is the
     * content's. Gives the content type.
     */
    public static ASN1ObjectIdentifier enter(BerInput in) throws IOException {
        in.enter(in.expect(BerHeader.SEQUENCE));
        ASN1ObjectIdentifier type = objectIdentifier(in);
        if (!in.more()) {
            throw new Malformed(Finding.CONTENT_MISSING);
        }
        BerHeader explicit = in.header();
        if (!explicit.isContext(0)) {
            throw new Malformed(Finding.ASN1_UNEXPECTED_ELEMENT);
        }
        in.enter(explicit);
        return type;
    }

    /** Ends what {@link #enter} began; tells whether bytes follow. */
    public static boolean leave(BerInput in) throws IOException {
        in.leave();
        in.leave();
        return in.trailing();
    }

    public static ASN1ObjectIdentifier objectIdentifier(BerInput in) throws IOException {
        byte[] encoded = in.element(in.expect(BerHeader.OBJECT_IDENTIFIER), MAX_OBJECT_IDENTIFIER);
        return parse(encoded, ASN1ObjectIdentifier::getInstance);
    }

    /** Decodes one element; whatever Bouncy Castle throws becomes {@link Malformed}. */
    public static <T extends ASN1Object> T parse(byte[] encoded, Function<Object, T> type) throws Malformed {
        try {
            T value = type.apply(ASN1Primitive.fromByteArray(encoded));
            // Sequences are parsed lazily: encoding once brings errors to light here and not later.
            value.getEncoded();
            return value;
        } catch (IOException | RuntimeException malformed) {
            throw new Malformed(Finding.ASN1_MALFORMED, malformed);
        }
    }
}
