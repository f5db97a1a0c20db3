package org.zegel.smime.decrypt;

import java.io.IOException;
import java.io.OutputStream;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.smime.ber.BerHeader;
import org.zegel.smime.ber.BerInput;
import org.zegel.smime.ber.CmsBytes;
import org.zegel.smime.ber.ContentInfoReader;
import org.zegel.smime.ber.Malformed;

/**
 * EnvelopedData or AuthEnvelopedData without its content, read to the end and found sound.
 *
 * @param recipients those that our identities are, and what there is to say of all
 * @param contentBytes length of the encrypted content, -1 when there is none
 * @param authenticatedAttributes DER of the SET (RFC 5083 section 2.2), empty when there are none
 * @param tag the message authentication code, empty for EnvelopedData
 * @param trailing whether bytes follow
 */
record EncryptedData(
        Recipients recipients,
        ASN1ObjectIdentifier contentType,
        AlgorithmIdentifier algorithm,
        long contentBytes,
        byte[] authenticatedAttributes,
        byte[] tag,
        boolean trailing) {
    private static final int MAX_ALGORITHM = 16 * 1024;
    private static final int MAX_ATTRIBUTES = 256 * 1024;
    private static final int MAX_TAG = 256;

    /** Reads all but the content; {@link Malformed} when anything up to the end is not as it should be. */
    static EncryptedData read(CmsBytes cms, boolean authenticated, Recipients recipients) throws IOException {
        BerInput in = cms.reader();
        ContentInfoReader.enter(in);
        begin(in, recipients);
        in.enter(in.expect(BerHeader.SEQUENCE));
        ASN1ObjectIdentifier contentType = ContentInfoReader.objectIdentifier(in);
        byte[] encoded = in.element(in.expect(BerHeader.SEQUENCE), MAX_ALGORITHM);
        AlgorithmIdentifier algorithm = ContentInfoReader.parse(encoded, AlgorithmIdentifier::getInstance);
        long contentBytes = in.more() ? in.octets(contentHeader(in), OutputStream.nullOutputStream()) : -1;
        in.leave();
        byte[] attributes = new byte[0];
        byte[] tag = new byte[0];
        if (authenticated) {
            BerHeader next = header(in);
            if (next.isContext(1)) {
                attributes = attributes(in.element(next, MAX_ATTRIBUTES));
                next = header(in);
            }
            if (!next.isUniversal(BerHeader.OCTET_STRING)) {
                throw new Malformed(Finding.ASN1_UNEXPECTED_ELEMENT);
            }
            tag = ContentInfoReader.parse(in.element(next, MAX_TAG), ASN1OctetString::getInstance)
                    .getOctets();
        }
        if (in.more()) {
            BerHeader unprotected = in.header();
            if (!unprotected.isContext(authenticated ? 2 : 1)) {
                throw new Malformed(Finding.ASN1_UNEXPECTED_ELEMENT);
            }
            in.skip(unprotected);
        }
        in.leave();
        boolean trailing = ContentInfoReader.leave(in);
        return new EncryptedData(recipients, contentType, algorithm, contentBytes, attributes, tag, trailing);
    }

    /** Reads the content alone into the sink. */
    static void content(CmsBytes cms, OutputStream sink) throws IOException {
        BerInput in = cms.reader();
        ContentInfoReader.enter(in);
        begin(in, null);
        in.enter(in.expect(BerHeader.SEQUENCE));
        ContentInfoReader.objectIdentifier(in);
        in.skip(in.expect(BerHeader.SEQUENCE));
        if (in.more()) {
            in.octets(contentHeader(in), sink);
        }
    }

    private static void begin(BerInput in, @Nullable Recipients recipients) throws IOException {
        in.enter(in.expect(BerHeader.SEQUENCE));
        in.skip(in.expect(BerHeader.INTEGER));
        BerHeader next = header(in);
        if (next.isContext(0)) {
            in.skip(next);
            next = header(in);
        }
        if (!next.isUniversal(BerHeader.SET)) {
            throw new Malformed(Finding.ASN1_UNEXPECTED_ELEMENT);
        }
        if (recipients == null) {
            in.skip(next);
            return;
        }
        in.enter(next);
        RecipientInfos infos = new RecipientInfos(recipients);
        while (in.more()) {
            infos.read(in, in.header());
        }
        in.leave();
    }

    private static BerHeader contentHeader(BerInput in) throws IOException {
        BerHeader header = in.header();
        if (!header.isContext(0)) {
            throw new Malformed(Finding.ASN1_UNEXPECTED_ELEMENT);
        }
        return header;
    }

    private static BerHeader header(BerInput in) throws IOException {
        if (!in.more()) {
            throw new Malformed(Finding.ASN1_MISSING_ELEMENT);
        }
        return in.header();
    }

    private static byte[] attributes(byte[] encoded) throws IOException {
        try {
            ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(encoded);
            return ASN1Set.getInstance(tagged, false).getEncoded(ASN1Encoding.DER);
        } catch (RuntimeException malformed) {
            throw new Malformed(Finding.ATTRIBUTES_MALFORMED, malformed);
        }
    }
}
