package org.zegel.smime.decrypt;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientIdentifier;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientInfo;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.OriginatorPublicKey;
import org.bouncycastle.asn1.cms.RecipientEncryptedKey;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Identity;
import org.zegel.smime.ber.Malformed;
import org.zegel.smime.verify.SignerCertificates.ByIssuer;
import org.zegel.smime.verify.SignerCertificates.ByKey;
import org.zegel.smime.verify.SignerCertificates.Identifier;

/** Picks our identities out of a message's recipients; keeps nothing of the others. */
final class Recipients {
    /** Most recipients that are looked at; those after them are passed over. */
    static final int MAX_SCANNED = 10_000;
    /** Most matches that are tried. */
    static final int MAX_MATCHES = 16;

    private static final int KEY_AGREEMENT = 1;

    private final List<Identity> identities;
    private final List<Recipient> found = new ArrayList<>();
    private int scanned;

    Recipients(List<Identity> identities) {
        this.identities = identities;
    }

    List<Recipient> found() {
        return found;
    }

    /** Whether more recipients were there than are looked at. */
    boolean tooMany() {
        return scanned > MAX_SCANNED;
    }

    /** Whether another recipient may be looked at. */
    boolean wants() {
        return scanned < MAX_SCANNED;
    }

    void passedOver() {
        scanned = Math.max(scanned, MAX_SCANNED) + 1;
    }

    /** Looks at one RecipientInfo; kinds that Zegel has no keys for are passed over. */
    void look(ASN1Primitive info) throws Malformed {
        try {
            if (!(info instanceof ASN1TaggedObject tagged)) {
                transport(KeyTransRecipientInfo.getInstance(info));
            } else if (tagged.getTagNo() == KEY_AGREEMENT) {
                agreement(KeyAgreeRecipientInfo.getInstance(tagged, false));
            } else {
                scanned++;
            }
        } catch (RuntimeException malformed) {
            throw new Malformed(Finding.RECIPIENT_MALFORMED, malformed);
        }
    }

    private void transport(KeyTransRecipientInfo info) throws Malformed {
        RecipientIdentifier identifier = info.getRecipientIdentifier();
        Identifier named = identifier.isTagged()
                ? new ByKey(ASN1OctetString.getInstance(identifier.getId()).getOctets())
                : ByIssuer.of(IssuerAndSerialNumber.getInstance(identifier.getId()));
        byte[] encryptedKey = info.getEncryptedKey().getOctets();
        match(named, identity -> new KeyTransportRecipient(identity, info.getKeyEncryptionAlgorithm(), encryptedKey));
    }

    private void agreement(KeyAgreeRecipientInfo info) throws Malformed {
        OriginatorPublicKey originator = info.getOriginator().getOriginatorKey();
        ASN1OctetString material = info.getUserKeyingMaterial();
        byte @Nullable [] keyingMaterial = material == null ? null : material.getOctets();
        for (ASN1Encodable element : info.getRecipientEncryptedKeys()) {
            RecipientEncryptedKey key = RecipientEncryptedKey.getInstance(element);
            KeyAgreeRecipientIdentifier identifier = key.getIdentifier();
            IssuerAndSerialNumber issuer = identifier.getIssuerAndSerialNumber();
            Identifier named = issuer == null
                    ? new ByKey(identifier.getRKeyID().getSubjectKeyIdentifier().getOctets())
                    : ByIssuer.of(issuer);
            if (originator == null || !wants()) {
                // Static-static agreement, with the originator's certificate, is not S/MIME (RFC 5753 section 3.1).
                scanned++;
                continue;
            }
            byte[] encryptedKey = key.getEncryptedKey().getOctets();
            match(
                    named,
                    identity -> new KeyAgreementRecipient(
                            identity, originator, info.getKeyEncryptionAlgorithm(), keyingMaterial, encryptedKey));
        }
    }

    private void match(Identifier named, Maker maker) {
        scanned++;
        for (Identity identity : identities) {
            if (found.size() < MAX_MATCHES && named.names(identity.certificate())) {
                found.add(maker.make(identity));
            }
        }
    }

    /** Makes the recipient for an identity. */
    private interface Maker {
        Recipient make(Identity identity);
    }
}
