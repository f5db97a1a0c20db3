package org.zegel.smime;

import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;

/** What a signature is about, read from the attributes that the key is applied to. */
public final class SignedDigest {
    private SignedDigest() {}

    /**
     * The message-digest attribute (RFC 5652 section 11.2) of signed attributes in DER; empty when these are none.
     */
    public static Optional<byte[]> of(byte[] signedAttributes) {
        try {
            AttributeTable attributes =
                    new AttributeTable(ASN1Set.getInstance(ASN1Primitive.fromByteArray(signedAttributes)));
            Attribute digest = attributes.get(CMSAttributes.messageDigest);
            return digest == null || digest.getAttrValues().size() != 1
                    ? Optional.empty()
                    : Optional.of(
                            ASN1OctetString.getInstance(digest.getAttrValues().getObjectAt(0))
                                    .getOctets());
        } catch (IOException | IllegalArgumentException | ClassCastException notAttributes) {
            return Optional.empty();
        }
    }
}
