package org.zegel.smime.decrypt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.OriginatorIdentifierOrKey;
import org.bouncycastle.asn1.cms.OriginatorPublicKey;
import org.bouncycastle.asn1.cms.RecipientEncryptedKey;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Identity;
import org.zegel.smime.ber.BerHeader;
import org.zegel.smime.ber.BerInput;
import org.zegel.smime.ber.ContentInfoReader;
import org.zegel.smime.ber.Malformed;

/** Reads RecipientInfos (RFC 5652 section 6.2) one after another: a broken or unknown one never hides the others. */
final class RecipientInfos {
    /** Most bytes of a RecipientInfo: key agreement has one for many recipients. */
    static final int MAX_RECIPIENT_INFO = 4 * 1024 * 1024;
    /** Most bytes of one recipient. */
    static final int MAX_RECIPIENT = 64 * 1024;

    private static final int KEY_AGREEMENT = 1;
    private static final int KEY_ENCRYPTION_KEY = 2;
    private static final int PASSWORD = 3;
    private static final int OTHER = 4;
    /** id-ori-kem (RFC 9629). */
    private static final String KEM = "1.2.840.113549.1.9.16.13.3";

    private final Recipients recipients;

    RecipientInfos(Recipients recipients) {
        this.recipients = recipients;
    }

    /** Reads the next RecipientInfo, whose header was just read. */
    void read(BerInput in, BerHeader header) throws IOException {
        if (!recipients.take()) {
            in.skip(header);
            return;
        }
        boolean agreement = header.isContext(KEY_AGREEMENT);
        byte @Nullable [] info = in.elementOrSkip(header, agreement ? MAX_RECIPIENT_INFO : MAX_RECIPIENT);
        try {
            if (info == null) {
                throw new Malformed(Finding.RECIPIENT_MALFORMED);
            }
            read(header, info);
        } catch (IOException | RuntimeException malformed) {
            recipients.finding(Finding.RECIPIENT_MALFORMED);
        }
    }

    private void read(BerHeader header, byte[] info) throws IOException {
        if (header.isUniversal(BerHeader.SEQUENCE)) {
            transport(ContentInfoReader.parse(info, KeyTransRecipientInfo::getInstance));
        } else if (header.isContext(KEY_AGREEMENT)) {
            agreement(new BerInput(new ByteArrayInputStream(info), info.length));
        } else if (header.isContext(KEY_ENCRYPTION_KEY)) {
            recipients.finding(Finding.KEK_RECIPIENT);
        } else if (header.isContext(PASSWORD)) {
            recipients.finding(Finding.PASSWORD_RECIPIENT);
        } else if (header.isContext(OTHER)) {
            BerInput in = new BerInput(new ByteArrayInputStream(info), info.length);
            in.enter(in.header());
            boolean kem = ContentInfoReader.objectIdentifier(in).getId().equals(KEM);
            recipients.finding(kem ? Finding.KEM_RECIPIENT : Finding.RECIPIENT_UNSUPPORTED);
        } else {
            recipients.finding(Finding.RECIPIENT_UNSUPPORTED);
        }
    }

    private void transport(KeyTransRecipientInfo info) throws IOException {
        RecipientIdentifier identifier = info.getRecipientIdentifier();
        List<Identity> named = identifier.isTagged()
                ? recipients
                        .identities()
                        .named(ASN1OctetString.getInstance(identifier.getId()).getOctets())
                : recipients.identities().named(IssuerAndSerialNumber.getInstance(identifier.getId()));
        for (Identity identity : named) {
            recipients.transport(
                    identity,
                    info.getKeyEncryptionAlgorithm(),
                    info.getEncryptedKey().getOctets());
        }
    }

    /** KeyAgreeRecipientInfo, its recipients one by one. */
    private void agreement(BerInput in) throws IOException {
        in.enter(in.header());
        in.skip(in.expect(BerHeader.INTEGER));
        OriginatorPublicKey originator = originator(in.element(next(in), MAX_RECIPIENT));
        BerHeader next = next(in);
        byte[] keyingMaterial = null;
        if (next.isContext(1)) {
            ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(
                    ContentInfoReader.parse(in.element(next, MAX_RECIPIENT), o -> ASN1TaggedObject.getInstance(o)));
            keyingMaterial = ASN1OctetString.getInstance(tagged, true).getOctets();
            next = next(in);
        }
        AlgorithmIdentifier algorithm =
                ContentInfoReader.parse(in.element(next, MAX_RECIPIENT), AlgorithmIdentifier::getInstance);
        Optional<AgreementScheme> scheme = AgreementScheme.of(algorithm, keyingMaterial);
        in.enter(in.expect(BerHeader.SEQUENCE));
        boolean first = true;
        while (in.more()) {
            BerHeader header = in.header();
            // The first one was counted with the RecipientInfo.
            if (!first && !recipients.take()) {
                return;
            }
            first = false;
            byte @Nullable [] key = in.elementOrSkip(header, MAX_RECIPIENT);
            try {
                encryptedKey(key, originator, scheme);
            } catch (IOException | RuntimeException malformed) {
                recipients.finding(Finding.RECIPIENT_MALFORMED);
            }
        }
        in.leave();
        in.leave();
    }

    private static BerHeader next(BerInput in) throws IOException {
        if (!in.more()) {
            throw new Malformed(Finding.RECIPIENT_MALFORMED);
        }
        return in.header();
    }

    private static @Nullable OriginatorPublicKey originator(byte[] encoded) throws IOException {
        ASN1TaggedObject tagged = ContentInfoReader.parse(encoded, o -> ASN1TaggedObject.getInstance(o));
        return OriginatorIdentifierOrKey.getInstance(tagged, true).getOriginatorKey();
    }

    private void encryptedKey(
            byte @Nullable [] encoded, @Nullable OriginatorPublicKey originator, Optional<AgreementScheme> scheme)
            throws IOException {
        if (encoded == null) {
            throw new Malformed(Finding.RECIPIENT_MALFORMED);
        }
        RecipientEncryptedKey key = ContentInfoReader.parse(encoded, RecipientEncryptedKey::getInstance);
        IssuerAndSerialNumber issuer = key.getIdentifier().getIssuerAndSerialNumber();
        List<Identity> named = issuer == null
                ? recipients
                        .identities()
                        .named(key.getIdentifier()
                                .getRKeyID()
                                .getSubjectKeyIdentifier()
                                .getOctets())
                : recipients.identities().named(issuer);
        for (Identity identity : named) {
            recipients.agreement(
                    identity, originator, scheme, key.getEncryptedKey().getOctets());
        }
    }
}
